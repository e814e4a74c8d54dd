/** Values as Go's `%v` prints them; the expected texts are Go's own. */
import { expect, test } from 'vitest';
import { printValue } from '../../../../runner/sandbox/cub/go-value.ts';

test.each<[unknown, string]>([
  [null, '<nil>'],
  [undefined, '<nil>'],
  ['text', 'text'],
  [true, 'true'],
  [0, '0'],
  [-3, '-3'],
  [3.14, '3.14'],
  [999_999, '999999'],
  [1_000_000, '1e+06'],
  [-1_000_000, '-1e+06'],
  [1_234_567.5, '1.2345675e+06'],
  [20_000_000, '2e+07'],
  [1e21, '1e+21'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [{ b: 1, a: ['x', null] }, 'map[a:[x <nil>] b:1]'],
  [[], '[]'],
])('%j', (value, text) => {
  expect(printValue(value)).toBe(text);
});
