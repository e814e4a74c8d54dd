/** What no recorded call shows: expressions that are made to hurt, and any text at all. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkNames } from '../../../../runner/sandbox/cel/check.ts';
import { CelError } from '../../../../runner/sandbox/cel/error.ts';
import { evaluate } from '../../../../runner/sandbox/cel/evaluate.ts';
import { parseCel } from '../../../../runner/sandbox/cel/parse.ts';
import { toCel } from '../../../../runner/sandbox/cel/values.ts';

const RESOURCE = { kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 80 }] } };

describe('CEL', () => {
  test.each([
    ['long chains', `r${'.a'.repeat(2000)} == 1`],
    ['signs', `${'!'.repeat(4000)}true`],
    ['sums', `1${'+1'.repeat(2000)} == 1`],
    ['parentheses', '('.repeat(4000)],
    ['lists', '['.repeat(4000)],
    ['conditions', 'true ? '.repeat(500)],
    ['sheer length', `"${'x'.repeat(10_000)}" == ""`],
    ['a costly pattern', `r.metadata.name.matches("${'(a*)*'.repeat(200)}b")`],
  ])('survives %s', (_, expression) => {
    expect(['boolean', 'string']).toContain(typeof run(expression));
  });

  test.each([
    [String.raw`"v1.20".matches("^v\\d+\\.\\d+$")`, true],
    [String.raw`"v1-20".matches("^v\\d+\\.\\d+$")`, false],
    [String.raw`"a b".matches("^\\S+\\s\\w$")`, true],
  ])('%s is %s', (expression, expected) => {
    expect(run(expression)).toBe(expected);
  });

  test.each([
    ['timestamp("2026-01-01T00:00:00Z") == null', 'CEL function timestamp'],
    ['1u == 1u', 'CEL with unsigned integers such as 1u'],
    ['0x1FU > 1', 'CEL with unsigned integers such as 1u'],
    ['size(b"abc") == 3', 'CEL with bytes such as b"a"'],
    [`Rb'a' == null`, 'CEL with bytes such as b"a"'],
  ])('refuses by name what only the original has: %s', (expression, name) => {
    expect(() => run(expression)).toThrow(name);
  });

  test.each([
    [String.raw`r"a\n" == "a\\n"`, true],
    [String.raw`'\x41\u0042\U00000043\104' == "ABCD"`, true],
    [String.raw`"""a"b""" == 'a"b'`, true],
    ['"""a\nb""" == "a\\nb"', true],
    [`R'''it's''' == "it's"`, true],
  ])('reads text as it is written: %s', (expression, expected) => {
    expect(run(expression)).toBe(expected);
  });

  test('refuses an escape that there is not', () => {
    expect(run(String.raw`"\q" == "q"`)).toContain('token recognition error');
  });

  test('is a value or a message for any expression', () => {
    const piece = fc.constantFrom(
      ...`r . kind [ ] ( ) { } 0 1.5 "a" 'b' == != < + - * / % ! && || ? : , in has( size( .all(x, x true`.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        expect(run(pieces.join(' '))).not.toBe(undefined);
      }),
      { numRuns: 2000 },
    );
  });
});

function run(expression: string): unknown {
  try {
    const node = parseCel(expression);
    checkNames(expression, node, new Set(['r']));
    return evaluate(node, new Map([['r', toCel(RESOURCE)]]));
  } catch (error) {
    if (error instanceof CelError) return error.message;
    throw error;
  }
}
