/** Cron schedules. Expected: the words of a real API server for mistakes, and what crontab(5) says for times. */
import { describe, expect, test } from 'vitest';
import { nextTime } from '../../../../../runner/sandbox/kube/schedule/next-time.ts';
import { cronProblem, parseSchedule } from '../../../../../runner/sandbox/kube/schedule/parse-schedule.ts';
import { isTimeZone } from '../../../../../runner/sandbox/kube/schedule/time-zone.ts';

test.each([
  ['*/5 * * * *', undefined],
  ['@hourly', undefined],
  ['@every 1h30m', undefined],
  ['0 9 * jan-mar MON,fri', undefined],
  ['x', 'expected exactly 5 fields, found 1: [x]'],
  ['61 * * * *', 'end of range (61) above maximum (59): 61'],
  ['*/0 * * * *', 'step of range should be a positive number: */0'],
  ['@hourlyx', 'unrecognized descriptor: @hourlyx'],
  ['1-a * * * *', 'failed to parse int from a: strconv.Atoi: parsing "a": invalid syntax'],
  ['5 5 5 0 7', 'beginning of range (0) below minimum (1): 0'],
  ['5-1 * * * *', 'beginning of range (5) beyond end of range (1): 5-1'],
  ['1/2/3 * * * *', 'too many slashes: 1/2/3'],
  ['1-2-3 * * * *', 'too many hyphens: 1-2-3'],
])('%s', (text, problem) => {
  expect(cronProblem(text)).toBe(problem);
});

describe('the next time', () => {
  test.each([
    ['*/5 * * * *', '2024-01-01T00:00:00Z', undefined, '2024-01-01T00:05:00Z'],
    ['30 9 * * *', '2024-01-01T10:00:00Z', undefined, '2024-01-02T09:30:00Z'],
    ['0 0 29 2 *', '2024-03-01T00:00:00Z', undefined, '2028-02-29T00:00:00Z'],
    ['0 0 13 * 5', '2024-09-01T00:00:00Z', undefined, '2024-09-06T00:00:00Z'],
    ['0 0 * * 0', '2024-01-01T00:00:00Z', undefined, '2024-01-07T00:00:00Z'],
    ['0 12 * * *', '2024-07-01T00:00:00Z', 'Europe/Zurich', '2024-07-01T10:00:00Z'],
    ['@every 90s', '2024-01-01T00:00:00Z', undefined, '2024-01-01T00:01:30Z'],
  ])('of %s after %s', (text, after, zone, expected) => {
    const schedule = parseSchedule(text);
    const next = schedule && nextTime(schedule, Date.parse(after), zone);
    expect(new Date(next ?? 0).toISOString().replace('.000', '')).toBe(expected);
  });

  test('of a day that never comes', () => {
    const schedule = parseSchedule('0 0 30 2 *');
    expect(schedule && nextTime(schedule, 0)).toBeUndefined();
  });
});

test('time zones are those of the engine', () => {
  expect([isTimeZone('Europe/Zurich'), isTimeZone('Nowhere/City')]).toEqual([true, false]);
});
