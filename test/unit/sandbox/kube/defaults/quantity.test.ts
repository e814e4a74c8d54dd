/** Canonical quantities: the examples of apimachinery's own documentation, and amounts that chapters use. */
import { expect, test } from 'vitest';
import { canonicalQuantity, parseQuantity } from '../../../../../runner/sandbox/kube/defaults/quantity.ts';

test.each([
  ['0.5', '500m'],
  ['1000m', '1'],
  ['1.5', '1500m'],
  ['100m', '100m'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Gi', '512Mi'],
  ['512Ki', '512Ki'],
  ['1000k', '1M'],
  ['1e3', '1k'],
  ['12e6', '12M'],
  ['0', '0'],
  ['0Mi', '0'],
  ['-1.5', '-1500m'],
  ['1.0000000001', '1000000001n'],
  ['nonsense', 'nonsense'],
])('%s is %s', (given, canonical) => {
  expect(canonicalQuantity(given)).toBe(canonical);
});

test('amounts compare across suffixes', () => {
  expect(parseQuantity('1Gi')).toBe(parseQuantity('1024Mi'));
  expect(parseQuantity('1x')).toBeUndefined();
});
