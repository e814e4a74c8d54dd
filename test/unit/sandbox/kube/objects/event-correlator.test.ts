/** Which events are written. Expected: client-go's EventCorrelator with its defaults (10 messages, 10 minutes, 25 at once). */
import { expect, test } from 'vitest';
import {
  EventCorrelator,
  type NewEvent,
} from '../../../../../runner/sandbox/kube/objects/event-correlator.ts';
import { manualClock } from '../../../../helper/manual-clock.ts';

const about = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n', uid: 'u' } };
const event: NewEvent = { type: 'Normal', reason: 'R', message: 'm', component: 'c' };
const MINUTE = 60_000;
const times = (count: number, say: (number: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => say(index + 1));

interface Case {
  readonly what: string;
  /** Messages, one each; a number waits so many milliseconds. */
  readonly said: readonly (string | number)[];
  /** `name count message` of the last one; undefined where it is not written. */
  readonly last: string | undefined;
}

const CASES: readonly Case[] = [
  { what: 'the same message counts up under its first name', said: ['a', 'b', 'a'], last: 'name1 2 a' },
  { what: 'nine messages stand alone', said: times(9, (n) => `m${n}`), last: 'name9 1 m9' },
  {
    what: 'the tenth is combined',
    said: times(10, (n) => `m${n}`),
    last: 'name10 1 (combined from similar events): m10',
  },
  {
    what: 'what is new then counts the combined one up',
    said: times(12, (n) => `m${n}`),
    last: 'name10 3 (combined from similar events): m12',
  },
  {
    what: 'of nine remembered messages each still stands alone',
    said: [...times(12, (n) => `m${n}`), 'm12'],
    last: 'name13 1 m12',
  },
  {
    what: 'after more than ten quiet minutes messages stand alone again',
    said: [...times(12, (n) => `m${n}`), 10 * MINUTE + 1, 'other'],
    last: 'name13 1 other',
  },
  {
    what: 'within ten minutes they do not',
    said: [...times(12, (n) => `m${n}`), 10 * MINUTE, 'other'],
    last: 'name10 4 (combined from similar events): other',
  },
  { what: 'the 25th is written', said: times(25, () => 'a'), last: 'name1 25 a' },
  { what: 'the 26th is not', said: times(26, () => 'a'), last: undefined },
  {
    what: 'after five minutes one more is, and the count has gone on',
    said: [...times(28, () => 'a'), 5 * MINUTE, 'a'],
    last: 'name1 29 a',
  },
  {
    what: 'and only one',
    said: [...times(28, () => 'a'), 5 * MINUTE, 'a', 'a'],
    last: undefined,
  },
];

test.each(CASES)('$what', ({ said, last }) => {
  const clock = manualClock();
  const correlator = new EventCorrelator(clock);
  let seen: string | undefined;
  let number = 0;
  for (const item of said) {
    if (typeof item === 'number') {
      clock.advance(item);
      continue;
    }
    number += 1;
    const observed = correlator.observe(about, { ...event, message: item }, `name${number}`);
    seen = observed && `${observed.name} ${observed.count} ${observed.message}`;
  }
  expect(seen).toBe(last);
});

test('another source, object or type has an allowance of its own', () => {
  const correlator = new EventCorrelator(manualClock());
  for (let number = 0; number < 26; number += 1) correlator.observe(about, event, 'first');
  const other = { ...about, metadata: { ...about.metadata, name: 'q', uid: 'v' } };
  expect(correlator.observe(about, event, 'x')).toBeUndefined();
  expect(correlator.observe(about, { ...event, component: 'd' }, 'x')?.count).toBe(1);
  expect(correlator.observe(about, { ...event, type: 'Warning' }, 'x')?.count).toBe(1);
  expect(correlator.observe(other, event, 'x')?.count).toBe(1);
});

test('the first time of a counted event stays', () => {
  const clock = manualClock();
  const correlator = new EventCorrelator(clock);
  const start = clock.now();
  correlator.observe(about, event, 'x');
  clock.advance(1000);
  expect(correlator.observe(about, event, 'y')?.firstAt).toBe(start);
});
