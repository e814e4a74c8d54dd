/** The table of a container's life: no ambiguity, no dead end, every stage reachable. */
import { expect, test } from 'vitest';
import {
  TRANSITIONS,
  fill,
  findTransition,
  type Stage,
} from '../../../../../runner/sandbox/kube/controllers/kubelet/container-stages.ts';
import { backOffMs } from '../../../../../runner/sandbox/kube/controllers/kubelet/latencies.ts';

test('a signal leads from a stage to one other', () => {
  const keys = TRANSITIONS.map(({ from, signal }) => `${from} ${signal}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('every stage can be reached from the first and, but for the last, left', () => {
  const reached = new Set<Stage>(['blocked']);
  for (let before = 0; before !== reached.size;) {
    before = reached.size;
    for (const { from, to } of TRANSITIONS) if (reached.has(from)) reached.add(to);
  }
  const stages = new Set(TRANSITIONS.flatMap(({ from, to }) => [from, to]));
  expect(reached).toEqual(stages);
  const left = new Set(TRANSITIONS.map(({ from }) => from));
  expect([...stages].filter((stage) => !left.has(stage))).toEqual(['done']);
});

test('messages use only names that are filled in', () => {
  const values = { image: '', container: '', pod: '', error: '', duration: '', bytes: '', backOff: '' };
  for (const { events } of TRANSITIONS)
    for (const { message } of events) expect(fill(message, values)).not.toMatch(/\{\w+\}/);
});

test('a signal that means nothing in a stage is no transition', () => {
  expect(findTransition('done', 'look-again')).toBeUndefined();
});

test('back-offs double from ten seconds to five minutes', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((failures) => backOffMs(failures) / 1000)).toEqual([
    10, 20, 40, 80, 160, 300, 300,
  ]);
});
