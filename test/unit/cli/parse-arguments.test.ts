/** What was typed, as data: what is accepted, and which sentence answers a mistake. */
import { describe, expect, it } from 'vitest';
import type { CommandSpec } from '../../../runner/cli/command.ts';
import { parseArguments } from '../../../runner/cli/parse-arguments.ts';
import { UsageError } from '../../../runner/cli/usage-error.ts';

const command: CommandSpec = {
  name: 'demo',
  summary: 'a command',
  argument: { name: 'PATH', summary: 'files', count: 'many', completion: 'files' },
  options: [
    { name: 'jobs', short: 'j', type: 'count', value: 'N', fallback: '1', summary: '' },
    { name: 'timeout', type: 'duration', value: 'TIME', summary: '' },
    { name: 'no-needs', type: 'flag', summary: '' },
    { name: 'only', type: 'text', value: 'ID', summary: '' },
    { name: 'format', type: 'choice', choices: ['pretty', 'json'], fallback: 'pretty', summary: '' },
  ],
  examples: [],
};

const accepted: readonly [string, Record<string, unknown>][] = [
  [
    'a.md',
    { paths: ['a.md'], jobs: 1, timeout: undefined, noNeeds: false, only: undefined, format: 'pretty' },
  ],
  ['a.md b.md --jobs 3', { paths: ['a.md', 'b.md'], jobs: 3 }],
  ['-j 4 a.md', { paths: ['a.md'], jobs: 4 }],
  ['--timeout=2m a.md --no-needs', { paths: ['a.md'], timeout: 120_000, noNeeds: true }],
  ['--only=-x a.md', { paths: ['a.md'], only: '-x' }],
  ['--format json -- --odd.md', { paths: ['--odd.md'], format: 'json' }],
];

const refused: readonly [string, string, string | undefined][] = [
  ['', 'mtx-doc demo needs PATH: files', 'mtx-doc demo --help shows how'],
  [
    'a --jbos 3',
    'mtx-doc demo has no option --jbos',
    'did you mean --jobs? mtx-doc demo --help lists all options',
  ],
  ['a --zzzzzz', 'mtx-doc demo has no option --zzzzzz', 'mtx-doc demo --help lists all options'],
  ['a -x', 'mtx-doc demo has no option -x', 'mtx-doc demo --help lists all options'],
  ['a --jobs 0', '--jobs must be a whole number from 1 on, not `0`', undefined],
  ['a --jobs', '--jobs needs a value: N', undefined],
  ['a --only --jobs', '--only needs a value: ID', 'if --jobs is the value, write --only=--jobs'],
  ['a --timeout 5', '--timeout is no duration: `5`', 'write a number and a unit: `500ms`, `30s`, `2m`'],
  ['a --format jsno', '--format must be one of pretty, json, not `jsno`', 'did you mean json?'],
  ['a --no-needs=yes', '--no-needs takes no value', undefined],
  ['a --only x --only y', '--only is given twice', undefined],
];

const words = (line: string): readonly string[] => line.split(' ').filter((word) => word !== '');

describe('parseArguments', () => {
  it.each(accepted)('accepts %j', (line, expected) => {
    const input = parseArguments(command, words(line));
    const found = {
      paths: input.arguments,
      jobs: input.number('jobs'),
      timeout: input.number('timeout'),
      noNeeds: input.flag('no-needs'),
      only: input.text('only'),
      format: input.text('format'),
    };
    expect(found).toMatchObject(expected);
  });

  it.each(refused)('refuses %j', (line, message, hint) => {
    let error: unknown;
    try {
      parseArguments(command, words(line));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({ message, hint });
  });

  it('takes --help without the argument, and only one argument where one is meant', () => {
    expect(parseArguments(command, ['--help']).flag('help')).toBe(true);
    const { argument: _argument, ...bare } = command;
    expect(() => parseArguments(bare, ['x'])).toThrow('mtx-doc demo does not take `x`');
  });

  it('throws when a command reads an option that its table does not name', () => {
    expect(() => parseArguments(command, ['a']).flag('nope')).toThrow('no option is named nope');
  });
});
