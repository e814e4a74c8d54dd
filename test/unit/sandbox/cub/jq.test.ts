import { expect, it } from 'vitest';
import { evaluate } from '../../../../runner/sandbox/cub/jq/evaluate.ts';
import { parseJq } from '../../../../runner/sandbox/cub/jq/parse.ts';

const INPUT = { a: [1, 2, { b: 'x' }], s: 'text', n: null, o: { z: 1, y: [true, false] } };

const RESULTS = [
  ['.', [INPUT]],
  ['.a[0], .s', [1, 'text']],
  ['.a[-1].b', ['x']],
  ['.a[1:]', [[2, { b: 'x' }]]],
  ['.a[:1]', [[1]]],
  ['.s[1:3]', ['ex']],
  ['.["s"]', ['text']],
  ['."s"', ['text']],
  ['.o | .z + 1', [2]],
  ['.o[]', [[true, false], 1]],
  ['.n.x.y', [null]],
  ['.n // "default"', ['default']],
  ['[.a[] | numbers]', [[1, 2]]],
  ['.s.x?', []],
  ['.a | map(type)', [['number', 'number', 'object']]],
  ['.a | length', [3]],
  ['"\\(.s)-\\(.a[0] + 1)"', ['text-2']],
  ['"a\\nb\\u0041"', ['a\nbA']],
  ['{s, "k": .a[0], (.s): 1}', [{ s: 'text', k: 1, text: 1 }]],
  ['{x: (1, 2)}', [{ x: 1 }, { x: 2 }]],
  ['.a[0] == 1 and .s != "t"', [true]],
  ['.a[0] > 1 or .n', [false]],
  ['if .n then 1 elif .s then 2 else 3 end', [2]],
  ['if .n then 1 end', [INPUT]],
  ['.s | not', [false]],
  ['[3, 1, 2] | sort, min, max, add', [[1, 2, 3], 1, 3, 6]],
  ['[{k: 2}, {k: 1}] | sort_by(.k) | first.k', [1]],
  ['[1, 1, 2] | unique | join(",")', ['1,2']],
  ['.o | keys', [['y', 'z']]],
  ['.o | to_entries | map(.key)', [['y', 'z']]],
  ['.o | with_entries(select(.key == "z"))', [{ z: 1 }]],
  ['.o | has("z", "q")', [true, false]],
  ['[.a[] | select(type == "number")] | any(. > 1), all(. > 1)', [true, false]],
  ['"a,b" | split(",")', [['a', 'b']]],
  ['"prefix-x" | ltrimstr("prefix-") | ascii_upcase', ['X']],
  ['"5" | tonumber * 2', [10]],
  ['5 % 3, 7 / 2, -(1), 1 - 2', [2, 3.5, -1, -1]],
  ['1 - 2 - 3', [-4]],
  ['null // false // 3', [3]],
  ['[1,2] - [1]', [[2]]],
  ['[[1],[2,[3]]] | flatten', [[1, 2, 3]]],
  ['{"a":{"b":"cd"}} | contains({a:{b:"c"}})', [true]],
  ['[.s, 1, null, true, "a\\tb\\"c"] | @tsv', ['text\t1\t\ttrue\ta\\tb"c']],
  ['[.s, 1, null, true, "a\\"c"] | @csv', ['"text",1,,true,"a""c"']],
  ['["it\'s", 1] | @sh', ["'it'\\''s' 1"]],
  ['"<a&>" | @html', ['&lt;a&amp;&gt;']],
  ['"a b/" | @uri', ['a%20b%2F']],
  ['@csv "x\\([1, "b"])"', ['x1,"b"']],
  ['["x", "y"] | to_entries | map("\\(.key)\\(.value)")', [['0x', '1y']]],
  [
    '[{"Key": "a", "Value": 1}, {"name": "b"}, {"key": "c", "value": null}] | from_entries',
    [{ a: 1, b: null, c: null }],
  ],
  ['.s | test("^T"; "i"), test("[[:alpha:]]{4}")', [true, true]],
  ['"a1b2" | split("[0-9]"; null)', [['a', 'b', '']]],
  ['"abcb" | sub("b"; "x"), gsub("(?<l>[bc])"; "<\\(.l)>")', ['axcb', 'a<b><c><b>']],
  ['[.a[0], .a[1]] | index(2), indices(1), inside([3, 2, 1])', [1, [0], true]],
  ['[limit(2; .a[])], last(.a[] | numbers)', [[1, 2], 2]],
  ['[.o | .. | booleans]', [[true, false]]],
  ['.o | map_values(type)', [{ y: 'array', z: 'number' }]],
  ['{a: {b: 1}} * {a: {c: 2}}', [{ a: { b: 1, c: 2 } }]],
  ['"ab" * 2', ['abab']],
  ['2.5 | floor, ceil, round', [2, 3, 3]],
  ['" x " | trim', ['x']],
  ['[1, [2, [3]]] | flatten(1)', [[1, 2, [3]]]],
  ['.s | IN("text", "x")', [true]],
  ['# nothing\n.s', ['text']],
] as const;

it.each(RESULTS)('evaluates %s', (source, results) => {
  const query = parseJq(source);
  if (query.kind === 'problem') expect(query.text).toBe(results);
  else expect([...evaluate(query, INPUT)]).toEqual(results);
});

const PROBLEMS = [
  '',
  '.a |',
  '.a[',
  '{a',
  'reduce .[] as $x (0; . + $x)',
  '. as $x | $x',
  '.a |= 1',
  'def f: 1; f',
  '.a }',
  '"x',
  'nope',
  '.a = 1',
  '{1: 2}',
];

it.each(PROBLEMS)('refuses %j', (source) => {
  expect(parseJq(source).kind).toBe('problem');
});

const ERRORS = [
  ['.s[]', 'cannot iterate over: string ("text")'],
  ['.s.x', 'expected an object but got: string ("text")'],
  ['.a.x', 'expected an object but got: array'],
  ['.s + 1', 'cannot add: string ("text") and number (1)'],
  ['1 / 0', 'cannot divide'],
] as const;

it.each(ERRORS)('reports %s', (source, message) => {
  const query = parseJq(source);
  if (query.kind === 'problem') throw new Error(query.text);
  expect(() => [...evaluate(query, INPUT)]).toThrow(message);
});

const CUT_SHORT = [
  ['to_entries | map({value: 1}) | from_entries', 'expected a string for object key but got: null'],
  ['[[1]] | @csv', '@csv cannot format an array including: array ([1])'],
  ['.s | @tsv', '@tsv cannot be applied to: string ("text")'],
  ['[[1]] | join(",")', 'join cannot be applied to an array including: array ([1])'],
  ['.[0]', 'expected an array but got: object ({"a":[1,2,{"b":"x"}],"n": ...})'],
] as const;

it.each(CUT_SHORT)('%s fails without showing all of its input', (source, message) => {
  const query = parseJq(source);
  expect(query.kind).not.toBe('problem');
  if (query.kind !== 'problem') expect(() => [...evaluate(query, INPUT)]).toThrow(message);
});
