/** The automaton agrees with the engine's RegExp where both know a pattern, and refuses what it cannot bound. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { compilePattern } from '../../../runner/expectation/pattern/compile-pattern.ts';
import { parsePattern } from '../../../runner/expectation/pattern/parse-pattern.ts';
import { runPattern } from '../../../runner/expectation/pattern/run-pattern.ts';

const matches = (source: string, line: string): boolean | string => {
  const node = parsePattern(source);
  if ('message' in node) return node.message;
  const program = compilePattern(node);
  if (program === undefined) return 'too large';
  return runPattern(program, line, { steps: 1_000_000 }) !== undefined;
};

const { pattern } = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  pattern: fc
    .array(
      fc.tuple(tie('atom'), fc.constantFrom('', '', '*', '+', '?', '*?', '{2}', '{1,}', '{0,2}', '{1,2}?')),
      { minLength: 1, maxLength: 4 },
    )
    .map((parts) => parts.map(([atom, sign]) => atom + sign).join('')),
  atom: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\w', '\\x61', '\\.', '(?:a|b|)'),
    tie('pattern').map((inner) => `(${inner})`),
    fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(?:${left}|${right})`),
  ),
}));

test('agrees with RegExp', () => {
  fc.assert(
    fc.property(
      pattern,
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.'), maxLength: 8 }),
      (source, line) => {
        fc.pre(source.length < 60);
        const found = matches(source, line);
        if (typeof found === 'boolean') expect(found).toBe(new RegExp(`^(?:${source})$`, 'su').test(line));
      },
    ),
    { numRuns: 2000 },
  );
});

test.for([
  ['(?=a)', '`(?=` is not supported'],
  ['(?<!a)b', '`(?<!` is not supported'],
  ['(a)\\1', 'back-references are not supported'],
  ['(a', 'this `(` is not closed'],
  ['a)', 'this `)` closes nothing'],
  ['[a', 'this `[` is not closed'],
  ['[z-a]', '`[z-a]` is no pattern'],
  ['*a', 'nothing to repeat'],
  ['a**', 'nothing to repeat'],
  ['a{3,1}', 'the numbers are out of order'],
  ['a{9999}', 'a pattern can be repeated 1000 times at most'],
  ['((a{100}){100}){100}', 'too large'],
  ['\\', 'nothing follows the `\\`'],
  ['('.repeat(10_000), 'groups are nested too deeply'],
] as const)('refuses %s', ([source, message]) => {
  expect(matches(source, 'a')).toBe(message);
});
