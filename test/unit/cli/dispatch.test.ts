/** The commands that need no file: their output, and the exit code and sentence of each mistake. */
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../runner/cli/commands.ts';
import { dispatch } from '../../../runner/cli/dispatch.ts';
import { openHost } from '../../support/host.ts';

const printed: readonly [string, string][] = [
  ['--version', '1.2.3\n'],
  ['version', '1.2.3\n'],
  ['help', 'mtx-doc run PATH…'],
  ['--help', 'Exit codes: 0 all held'],
  ['help run', '--junit FILE.xml'],
  ['run --help', "mtx-doc run 'tutorial/0*.md' --jobs 4 --bail"],
  ['help format', 'match=like within=60s'],
  ['completion bash', 'complete -o filenames -F _mtx_doc mtx-doc'],
  ['completion zsh', 'compdef _mtx_doc mtx-doc'],
  ['completion fish', 'complete -c mtx-doc'],
];

const refused: readonly [string, string][] = [
  ['', 'mtx-doc run PATH…'],
  ['rn', 'mtx-doc: there is no command `rn`\n  hint: did you mean mtx-doc run?\n'],
  ['polish a.md', 'there is no command `polish`'],
  ['--quiet', 'there is no option --quiet before a command'],
  ['help rum', 'did you mean mtx-doc help run?'],
  ['completion bsh', 'did you mean bash?'],
  ['completion', 'needs SHELL'],
  ['run', 'mtx-doc: mtx-doc run needs PATH'],
  ['run a --quiet --verbose', '--quiet and --verbose contradict each other'],
  ['run a.md', 'there is no file or folder a.md'],
  ['run a --report x/y.json', 'there is no folder /nowhere/x'],
];

const words = (line: string): readonly string[] => line.split(' ').filter((word) => word !== '');

describe('dispatch', () => {
  it.each(printed)('%j prints to the standard output', async (line, part) => {
    const host = openHost();
    expect(await dispatch(words(line), host)).toBe(0);
    expect(host.out()).toContain(part);
    expect(host.err()).toBe('');
  });

  it.each(refused)('%j ends with 2', async (line, part) => {
    const host = openHost();
    expect(await dispatch(words(line), host)).toBe(2);
    expect(host.err()).toContain(part);
    expect(host.out()).toBe('');
  });

  it.each(COMMANDS.map(({ name }) => name))('%s has help with an example and no long line', async (name) => {
    const host = openHost();
    expect(await dispatch([name, '--help'], host)).toBe(0);
    expect(host.out()).toContain(`\nExamples:\n  `);
    expect(
      host
        .out()
        .split('\n')
        .filter((line) => line.length > 120),
    ).toEqual([]);
  });

  it('calls a fault of its own by its name', async () => {
    const host = openHost();
    const failing = { ...host, stdout: { ...host.stdout, write: () => void JSON.parse('{') } };
    expect(await dispatch(['version'], failing)).toBe(3);
    expect(host.err()).toContain('this is a fault of mtx-doc, not of a chapter\nSyntaxError');
  });
});
