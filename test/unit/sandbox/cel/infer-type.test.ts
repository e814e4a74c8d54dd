/** Types of expressions, and what is said of wrong ones. Expected texts are those of kube-apiserver 1.34 for the same schema. */
import { describe, expect, test } from 'vitest';
import { estimateCost } from '../../../../runner/sandbox/cel/estimate-cost.ts';
import { inferType } from '../../../../runner/sandbox/cel/infer-type.ts';
import { parseCel } from '../../../../runner/sandbox/cel/parse.ts';
import { BOOL, type CelType, INT, showType, STRING } from '../../../../runner/sandbox/cel/types.ts';

const self: CelType = {
  kind: 'object',
  fields: new Map<string, CelType>([
    ['n', INT],
    ['r', { kind: 'double' }],
    ['on', BOOL],
    ['t', { kind: 'string', size: 20 }],
    ['any', { kind: 'dyn' }],
    ['when', { kind: 'foreign', name: 'date-time' }],
    ['ts', { kind: 'list', of: STRING, size: 4 }],
    ['m', { kind: 'map', of: INT }],
  ]),
};
const scope = new Map([['self', self]]);

function infer(source: string): string {
  const faults: string[] = [];
  const type = inferType({ source, faults }, parseCel(source), scope);
  return faults.length === 0 ? showType(type) : faults.join('\n').replaceAll(/\n \|[^\n]*/gv, '');
}

test.each([
  ['self.n + 1', 'int'],
  ['-self.r * 2.0', 'double'],
  ['self.n < self.r', 'bool'],
  ['self.any + 1 == 2 && self.any.b', 'bool'],
  ['self.ts.map(t, size(t))', 'list(int)'],
  ['self.ts.filter(t, t.matches("^a"))', 'list(string)'],
  ['self.m.all(k, self.m[k] > 1 && k in self.m)', 'bool'],
  ['has(self.t) ? self.t + "a" : string(self.n)', 'string'],
  ['{"a": [1]}', 'map(string, list(int))'],
])('%s is of type %s', (source, type) => {
  expect(infer(source)).toBe(type);
});

test.each([
  ['self.none', "1:5: undefined field 'none'"],
  ['foo > 1', "1:1: undeclared reference to 'foo' (in container '')"],
  ['nothing(self)', "1:8: undeclared reference to 'nothing' (in container '')"],
  ['self.n <= self.t', "1:8: found no matching overload for '_<=_' applied to '(int, string)'"],
  ['self.ts[0].x == 1', "1:11: type 'string' does not support field selection"],
  ['self.t.startsWith(1)', "1:18: found no matching overload for 'startsWith' applied to 'string.(int)'"],
  ['size(self.n) > 1', "1:5: found no matching overload for 'size' applied to '(int)'"],
  ['!self.n', "1:1: found no matching overload for '!_' applied to '(int)'"],
  ['self.n ? 1 : 2', "1:8: found no matching overload for '_?_:_' applied to '(int, int, int)'"],
  ['has(self.nope)', "1:4: undefined field 'nope'"],
  ['has(self)', '1:5: invalid argument to has() macro'],
  ['self.n in self.ts', "1:8: found no matching overload for '@in' applied to '(int, list(string))'"],
  ['true || self.n', "1:13: expected type 'bool' but found 'int'"],
  ["self.t.matches('(')", '1:16: invalid matches argument'],
  ["[1, 'a'].size() > 1", "1:5: expected type 'int' but found 'string'"],
  [
    'self.n.all(x, true)',
    "1:5: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)",
  ],
  ['self.r % 2.0', "1:8: found no matching overload for '_%_' applied to '(double, double)'"],
  ["self.ts[1.5] == 'a'", "1:8: found no matching overload for '_[_]' applied to '(list(string), double)'"],
])('%s is wrong', (source, fault) => {
  expect(infer(source)).toBe(`ERROR: <input>:${fault}`);
});

test('all faults are told', () => {
  expect(infer('self.a-b == 1').split('\n')).toEqual([
    "ERROR: <input>:1:5: undefined field 'a'",
    "ERROR: <input>:1:8: undeclared reference to 'b' (in container '')",
  ]);
});

test.each([
  ['self.when == self.when', 'rules on values of type date-time'],
  ['type(self.n) == int', 'function type'],
  ["self.t.lowerAscii() == 'a'", 'function lowerAscii'],
])('%s is refused by name', (source, words) => {
  expect(() => infer(source)).toThrow(words);
});

describe('the cost', () => {
  const cost = (source: string): number => estimateCost(parseCel(source), scope);

  test('grows with what is gone through', () => {
    const [one, nested] = [cost('self.ts.all(t, true)'), cost('self.ts.all(t, self.ts.all(u, true))')];
    expect(nested).toBeGreaterThan(one * 4);
    expect(cost('self.ts.map(t, t)')).toBeGreaterThan(cost('self.ts.all(t, t)'));
    expect(cost("self.t.matches('^abcdefgh$')")).toBeGreaterThan(cost("self.t.startsWith('a')"));
  });

  test('is not known where a size is not', () => {
    expect(cost('self.m.all(k, true)')).toBe(Infinity);
    expect(cost('self.any.contains(self.any)')).toBe(Infinity);
  });
});
