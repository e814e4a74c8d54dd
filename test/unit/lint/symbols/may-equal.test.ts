import { expect, test } from 'vitest';
import { mayEqual } from '../../../../runner/lint/symbols/may-equal.ts';

/** `?` stands for a part that is only known at run time. */
const word = (text: string, shape = text) => ({ text, shape: shape.replaceAll('?', '\0') });

test.each([
  [word('demo'), word('demo'), true],
  [word('demo'), word('demo2'), false],
  [word('demo-$E', 'demo-?'), word('demo-prod'), true],
  [word('demo-$E', 'demo-?'), word('demo'), false],
  [word('$P-traderx', '?-traderx'), word('$P-tradrx', '?-tradrx'), false],
  [word('"$P-traderx-$R"', '?-traderx-?'), word('"$P-traderx-us-east"', '?-traderx-us-east'), true],
  [word('"$P-traderx-$R"', '?-traderx-?'), word('"$P-tradrx"', '?-tradrx'), false],
  [word('$P-a', '?-a'), word('$Q', '?'), true],
  [word('$US', '?-us'), word('$P-us', '?-us'), true],
  [word('$A$B', '??'), word('x'), true],
  [word('$A-', '?-'), word('x'), false],
])('%j and %j: %s', (left, right, expected) => {
  expect(mayEqual(left, right)).toBe(expected);
  expect(mayEqual(right, left)).toBe(expected);
});
