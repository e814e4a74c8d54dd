/** Expressions on configuration data: what the original's parser and evaluation said of each in fixtures/functions/recorded-where-data.json, and fuzzing. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FunctionFailure } from '../../../../../runner/sandbox/hub/functions/failure.ts';
import { parseData } from '../../../../../runner/sandbox/hub/functions/resource.ts';
import { matchesData } from '../../../../../runner/sandbox/hub/where-data/evaluate.ts';
import { parseWhereData } from '../../../../../runner/sandbox/hub/where-data/parse.ts';

/** Data, resource type, expression, and true, false or the error's text. */
type Recorded = readonly [string, string, string, boolean | string];

const recorded = JSON.parse(read('recorded-where-data.json')) as readonly Recorded[];

const PIECES =
  `spec . * ?name=c #uri | ~1 AND = != LIKE ~ IN ( ) ' 'a%' '(a+)+$' 1 true , " \\ metadata.name NOT @k:p ü`
    .split(' ')
    .concat(' ');

describe('where-data', () => {
  test.each(recorded)('on %s, %s: %s', (on, type, expression, expected) => {
    expect(evaluate(read(`${on}.yaml`), type, expression)).toBe(expected);
  });

  test('finds a value behind two wildcards, which the original loses', () => {
    const data = read('dep.yaml');
    expect(evaluate(data, '*', `spec.template.spec.containers.*.env.*.name = 'A'`)).toBe(true);
  });

  test('is a verdict or a message for any text, and never slow', () => {
    const piece = fc.constantFrom(...PIECES);
    const data = read('multi.yaml');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        expect(['boolean', 'string']).toContain(typeof evaluate(data, '*', pieces.join('')));
      }),
      { numRuns: 1000 },
    );
  });

  test('refuses an expression that is too long', () => {
    expect(() => parseWhereData(`a = '${'x'.repeat(5000)}'`)).toThrow(FunctionFailure);
  });
});

function evaluate(data: string, type: string, expression: string): boolean | string {
  try {
    return matchesData(parseData(data), type, expression);
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    return error.message;
  }
}

function read(name: string): string {
  return readFileSync(new URL(`../../../../fixtures/functions/${name}`, import.meta.url), 'utf8');
}
