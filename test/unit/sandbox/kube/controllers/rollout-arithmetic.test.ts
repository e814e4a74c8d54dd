/** Rollout arithmetic: known cases of a real cluster, and the two promises that must hold on every path. */
import { array, assert, constantFrom, integer, oneof, property, record, type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import {
  newSetReplicas,
  proportionalReplicas,
  resolveLimits,
  shrinkOldSets,
  type Limits,
  type SetSize,
} from '../../../../../runner/sandbox/kube/controllers/deployment/rollout-arithmetic.ts';

const set = (name: string, replicas: number, available: number, age: number): SetSize => ({
  name,
  replicas,
  available,
  age,
});

test.each([
  ['25%', '25%', 1, 1, 0],
  ['25%', '25%', 3, 1, 0],
  ['25%', '25%', 4, 1, 1],
  ['25%', '25%', 5, 2, 1],
  ['25%', '25%', 10, 3, 2],
  [0, 0, 3, 0, 1],
  [2, '50%', 5, 2, 2],
  [1, 3, 2, 1, 2],
  ['25%', '25%', 0, 0, 0],
])(
  'surge %s and unavailable %s of %i replicas: %i and %i pods',
  (surge, unavailable, replicas, maxSurge, maxUnavailable) => {
    expect(resolveLimits('RollingUpdate', replicas, surge, unavailable)).toEqual({
      replicas,
      maxSurge,
      maxUnavailable,
    });
  },
);

test.each([
  ['the new set starts with the surge', 10, [set('old', 10, 10, 0)], 0, 3],
  ['no room, no growth', 10, [set('old', 10, 10, 0)], 3, 3],
  ['never beyond what is wanted', 3, [], 1, 3],
  ['it shrinks to what is wanted', 2, [set('old', 1, 1, 0)], 5, 2],
])('%s', (_, replicas, old, current, expected) => {
  expect(newSetReplicas(resolveLimits('RollingUpdate', replicas, '25%', '25%'), current, old)).toBe(expected);
});

test('unhealthy old pods go first, whatever the availability', () => {
  const limits = resolveLimits('RollingUpdate', 4, 1, 0);
  const old = [set('broken', 1, 0, 1), set('good', 4, 4, 0)];
  expect(shrinkOldSets(limits, set('new', 0, 0, 2), old)).toEqual([{ name: 'broken', replicas: 0 }]);
});

test.each([
  [20, [set('old', 8, 8, 0), set('new', 5, 0, 1)], { old: 15, new: 10 }],
  [5, [set('old', 8, 8, 0), set('new', 5, 5, 1)], { old: 4, new: 3 }],
])('scaling to %i in the middle of a rollout is shared in proportion', (replicas, sets, expected) => {
  const limits = resolveLimits('RollingUpdate', replicas, '25%', '25%');
  const sized = sets.map((one) => ({ ...one, maxReplicas: 13 }));
  const result = Object.fromEntries(
    proportionalReplicas(limits, sized, 13).map((resize) => [resize.name, resize.replicas]),
  );
  expect(result).toEqual(expected);
});

/** What a step of the cluster does between two looks of the controller. */
type Step = 'become ready' | 'create and delete';

interface Simulated {
  readonly limits: Limits;
  readonly steps: readonly Step[];
}

const simulated: Arbitrary<Simulated> = record({
  replicas: integer({ min: 1, max: 20 }),
  surge: oneof(
    integer({ min: 0, max: 10 }),
    integer({ min: 0, max: 100 }).map((n) => `${n}%`),
  ),
  unavailable: oneof(
    integer({ min: 0, max: 10 }),
    integer({ min: 0, max: 100 }).map((n) => `${n}%`),
  ),
  steps: array(constantFrom<Step>('become ready', 'create and delete'), { maxLength: 60 }),
}).map(({ replicas, surge, unavailable, steps }) => ({
  limits: resolveLimits('RollingUpdate', replicas, surge, unavailable),
  steps,
}));

interface SetState {
  wanted: number;
  created: number;
  ready: number;
}

test('never more than replicas + surge, never fewer available than replicas - unavailable', () => {
  assert(
    property(simulated, ({ limits, steps }) => {
      const old: SetState = { wanted: limits.replicas, created: limits.replicas, ready: limits.replicas };
      const fresh: SetState = { wanted: 0, created: 0, ready: 0 };
      const rounds: readonly Step[] = [
        ...steps,
        ...Array.from({ length: 90 }, (_, index): Step =>
          index % 2 === 0 ? 'create and delete' : 'become ready',
        ),
      ];
      for (const step of rounds) {
        control(limits, old, fresh);
        expect(old.wanted + fresh.wanted).toBeLessThanOrEqual(limits.replicas + limits.maxSurge);
        if (step === 'create and delete') for (const one of [old, fresh]) settle(one);
        else if (fresh.ready < fresh.created) fresh.ready += 1;
        expect(old.ready + fresh.ready).toBeGreaterThanOrEqual(limits.replicas - limits.maxUnavailable);
      }
      expect([old.wanted, fresh.wanted]).toEqual([0, limits.replicas]);
    }),
  );
});

/** One look of the controller, as in the rolling rollout. */
function control(limits: Limits, old: SetState, fresh: SetState): void {
  const oldSize = set('old', old.wanted, old.ready, 0);
  const wanted = newSetReplicas(limits, fresh.wanted, [oldSize]);
  if (wanted !== fresh.wanted) {
    fresh.wanted = wanted;
    return;
  }
  for (const { replicas } of shrinkOldSets(limits, set('new', fresh.wanted, fresh.ready, 1), [oldSize]))
    old.wanted = replicas;
}

function settle(one: SetState): void {
  one.created = one.wanted;
  one.ready = Math.min(one.ready, one.created);
}
