/** The program itself: arguments, streams and exit code of a real process. */
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { binary, readScenarios, runScenario } from '../support/cub-scenario.ts';

const program = fileURLToPath(new URL('../../runner/sandbox/cub/bin.js', import.meta.url));
const SCENARIOS = [
  'create a unit from stdin',
  'a unit from a file',
  'the session',
  'unknown words',
  'bulk apply',
];

it('runs as a process what it runs in ours', async () => {
  const files = await readScenarios(new URL('../conformance/cub/', import.meta.url));
  const chosen = files.flatMap(({ scenarios }) => scenarios).filter(({ name }) => SCENARIOS.includes(name));
  expect(chosen.length).toBeGreaterThan(3);
  for (const scenario of chosen) {
    const steps = scenario.steps.filter((step) => step.cub !== undefined);
    const expected = steps.map(({ out = '', err = '', exit = 0 }) => ({ out, err, exit }));
    expect(await runScenario(scenario, binary(program))).toEqual(expected);
  }
});

it('says in one line that Node is too old', async () => {
  const pretend = "Object.defineProperty(process, 'versions', { value: { node: '20.1.0' } })";
  const args = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, program, 'version'];
  const { stdout, stderr, exitCode } = await execa(process.execPath, args, { reject: false });
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 1 });
  expect(stderr).toMatch(/^Failed: cub needs Node 22\.22 or later, this is 20\.1\.0 \(.*\)$/);
});

it('ends silently where its reader has seen enough, as the original does by SIGPIPE', async () => {
  const pipe = '("$0" "$1" help; echo "exit $?" >&2) | true';
  const { stderr } = await execa('bash', ['-c', pipe, process.execPath, program]);
  expect(stderr).toBe('exit 141');
});
