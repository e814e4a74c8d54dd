/** kubectl, as it is found here, gets from the emulator what a real control plane was recorded to say. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectedOutcome,
  openCluster,
  readDifferences,
  readSessions,
  type OpenCluster,
} from '../support/kubectl-scenario.ts';

const sessions = await readSessions();
const differences = await readDifferences();
const isListed = (file: string, run: string): boolean =>
  differences.some((known) => known.file === file && known.run === run);

let cluster: OpenCluster;
beforeAll(async () => {
  cluster = await openCluster({ cluster: 'emulator' });
});
afterAll(() => cluster.close());

describe.each(sessions)('$file', (session) => {
  const { file, steps } = session;
  test('is answered as by a real control plane', { timeout: 400_000 }, async () => {
    const outcomes = await cluster.run(session);
    const judged = steps.map((step, index) => ({ step, outcome: outcomes[index] }));
    const checked = judged.filter(({ step }) => !isListed(file, step.run));
    expect(checked.map(({ step, outcome }) => ({ run: step.run, ...outcome }))).toEqual(
      checked.map(({ step }) => ({ run: step.run, ...expectedOutcome(step, cluster.minor) })),
    );
  });
});

test('each listed difference is about a command of the suite', () => {
  const runs = new Set(sessions.flatMap(({ file, steps }) => steps.map(({ run }) => `${file}: ${run}`)));
  expect(differences.filter(({ file, run }) => !runs.has(`${file}: ${run}`))).toEqual([]);
});
