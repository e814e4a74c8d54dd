/** kubectl, as it is found here, gets from the emulator what a real control plane was recorded to say. */
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectedOutcome,
  isListed,
  MOST_LISTED,
  openCluster,
  readDifferences,
  readSessions,
  type OpenCluster,
} from '../support/kubectl-scenario.ts';

const sessions = await readSessions();
const { differences, objects } = await readDifferences();

let cluster: OpenCluster;
beforeAll(async () => {
  cluster = await openCluster({ cluster: 'emulator' });
});
afterAll(() => cluster.close());

describe.each(sessions)('$file', (session) => {
  const { file, steps } = session;
  test('is answered as by a real control plane', { timeout: 400_000 }, async () => {
    const outcomes = await cluster.run(session);
    const { minor } = cluster;
    const judged = steps.map((step, index) => ({
      listed: isListed(differences, file, step.run, minor),
      got: { run: step.run, ...outcomes[index] },
      expected: { run: step.run, ...expectedOutcome(step, minor) },
    }));
    const checked = judged.filter(({ listed }) => !listed);
    expect(checked.map(({ got }) => got)).toEqual(checked.map(({ expected }) => expected));
    const stale = judged.filter(({ listed, got, expected }) => listed && isDeepStrictEqual(got, expected));
    expect(stale.map(({ got }) => got.run)).toEqual([]);
  });
});

test('no more differences are listed than can be kept in mind', () => {
  expect(differences.length + objects.length).toBeLessThanOrEqual(MOST_LISTED);
});

test('each listed difference is about a command of the suite', () => {
  const runs = new Set(sessions.flatMap(({ file, steps }) => steps.map(({ run }) => `${file}: ${run}`)));
  expect(differences.filter(({ file, run }) => !runs.has(`${file}: ${run}`))).toEqual([]);
});
