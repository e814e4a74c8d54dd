/** The automaton agrees with the engine's RegExp where both know a pattern, and refuses what it cannot bound. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { compilePattern } from '../../../runner/text/pattern/compile-pattern.ts';
import { compileSearch } from '../../../runner/text/pattern/compile-search.ts';
import { parsePattern } from '../../../runner/text/pattern/parse-pattern.ts';
import { runPattern } from '../../../runner/text/pattern/run-pattern.ts';

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

test('finds what RegExp finds', () => {
  fc.assert(
    fc.property(
      pattern,
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', '.'), maxLength: 8 }),
      (source, text) => {
        fc.pre(source.length < 60);
        const search = compileSearch(source);
        if (typeof search === 'function') expect(search(text)).toBe(new RegExp(source, 'su').test(text));
      },
    ),
    { numRuns: 2000 },
  );
});

/** Each part of a line, as pattern and hole: what RegExp captures in a group, the automaton has in a slot. */
const part = fc.constantFrom('\\w+?', '\\d*', '.*', '[a-c]+', '(?:ab|a)(?:c|bcd)?', '\\S+', 'a??', '.{1,2}');

test('captures what RegExp captures', () => {
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 4 }),
      fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', '1', ' ', '\u{1f600}'), maxLength: 10 }),
      (parts, line) => {
        const holes = parts.map((source, index) => ({
          start: index,
          end: index + 1,
          source,
          literal: false,
        }));
        const node = parsePattern('x'.repeat(parts.length), holes);
        const program = 'message' in node ? undefined : compilePattern(node);
        const slots = program && runPattern(program, line, { steps: 1_000_000 });
        const found = new RegExp(`^${parts.map((source) => `(${source})`).join('')}$`, 'sud').exec(line);
        expect(slots).toEqual(found?.indices?.slice(1).flat());
      },
    ),
    { numRuns: 2000 },
  );
});

test.for([
  '(a+)+(a*)*b',
  '(a|a|a)*b',
  '(.*)(.*)(.*)(.*)x',
  '(?:a{0,50}){0,9}x',
  '((a?){30}){10}a{30}b',
  '(a*?)*?b',
])('the work for %s grows with the text and not faster', (source) => {
  const node = parsePattern(source);
  const program = 'message' in node ? undefined : compilePattern(node);
  if (program === undefined) throw new Error('no program');
  for (const length of [10, 100, 1000]) {
    const counted = { steps: 1e12 };
    expect(runPattern(program, 'a'.repeat(length), counted)).toBeUndefined();
    expect(1e12 - counted.steps).toBeLessThanOrEqual(2 * program.length * (length + 1));
  }
});

test.for([
  ['^[[:alpha:]_]+$', 'é_', true],
  ['[[:digit:]]', 'a', false],
  ['^[^[:upper:][:punct:]]$', 'A', false],
  ['^[]a]+$', ']a', true],
  ['^[^]a]$', ']', false],
] as const)('classes in brackets: %s on %s', ([source, text, expected]) => {
  const search = compileSearch(source);
  expect(typeof search === 'function' && search(text)).toBe(expected);
});

test.for([
  ['[[:letters:]]', 'there is no class `[:letters:]`'],
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
