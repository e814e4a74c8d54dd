/** Expected values: the boundaries of `HumanDuration` in apimachinery's `util/duration`. */
import { expect, test } from 'vitest';
import { renderHumanDuration } from '../../../../../runner/sandbox/kube/tables/human-duration.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each([
  [-2 * second, '<invalid>'],
  [-1 * second, '0s'],
  [-0.5 * second, '0s'],
  [0, '0s'],
  [119.9 * second, '119s'],
  [2 * minute, '2m'],
  [2 * minute + second, '2m1s'],
  [10 * minute - second, '9m59s'],
  [10 * minute, '10m'],
  [3 * hour - 1, '179m'],
  [3 * hour, '3h'],
  [3 * hour + 7 * minute, '3h7m'],
  [8 * hour, '8h'],
  [48 * hour - 1, '47h'],
  [2 * day, '2d'],
  [2 * day + hour, '2d1h'],
  [8 * day, '8d'],
  [729 * day, '729d'],
  [730 * day, '2y'],
  [731 * day, '2y1d'],
  [8 * 365 * day, '8y'],
])('%d ms is %s', (milliseconds, text) => {
  expect(renderHumanDuration(milliseconds)).toBe(text);
});
