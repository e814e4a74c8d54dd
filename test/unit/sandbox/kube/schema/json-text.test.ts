/** Go's words for texts that are no JSON object: each was printed by its encoding/json. */
import { expect, test } from 'vitest';
import { jsonProblem } from '../../../../../runner/sandbox/kube/schema/json-text.ts';

const cases: readonly (readonly [text: string, problem: string | undefined])[] = [
  ['{}', undefined],
  [' {"a": {"b": [1, -2.5e+3, true, false, null, "\\u00e9 \\" \\\\"]}} ', undefined],
  ['null', undefined],
  ['', 'unexpected end of JSON input'],
  ['   ', 'unexpected end of JSON input'],
  ['[]', 'json: cannot unmarshal array into Go value of type map[string]interface {}'],
  ['1', 'json: cannot unmarshal number into Go value of type map[string]interface {}'],
  ['"a"', 'json: cannot unmarshal string into Go value of type map[string]interface {}'],
  ['true', 'json: cannot unmarshal bool into Go value of type map[string]interface {}'],
  ['{', 'unexpected end of JSON input'],
  ['[', 'unexpected end of JSON input'],
  ['{"a"', 'unexpected end of JSON input'],
  ['{"a":', 'unexpected end of JSON input'],
  ['{"a":1', 'unexpected end of JSON input'],
  ['{"a":1,', 'unexpected end of JSON input'],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{a: 1}', "invalid character 'a' looking for beginning of object key string"],
  ["{'a': 1}", "invalid character '\\'' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b":2}', "invalid character '\"' after object key:value pair"],
  ['[1 2]', "invalid character '2' after array element"],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ['{} {}', "invalid character '{' after top-level value"],
  ['{}x', "invalid character 'x' after top-level value"],
  ['tru', "invalid character ' ' in literal true (expecting 'e')"],
  ['trie', "invalid character 'i' in literal true (expecting 'u')"],
  ['nul', "invalid character ' ' in literal null (expecting 'l')"],
  ['falze', "invalid character 'z' in literal false (expecting 's')"],
  ['01', "invalid character '1' after top-level value"],
  ['1x', "invalid character 'x' after top-level value"],
  ['"a', 'unexpected end of JSON input'],
  ['"a\nb"', "invalid character '\\n' in string literal"],
  ['user:password', "invalid character 'u' looking for beginning of value"],
  ['{"a":"\\q"}', "invalid character 'q' in string escape code"],
  ['{"a":"\\u12g4"}', "invalid character 'g' in \\u hexadecimal character escape"],
  ['{"a":\'x\'}', "invalid character '\\'' looking for beginning of value"],
  ['{"a":"x""}', "invalid character '\"' after object key:value pair"],
  ['<xml/>', "invalid character '<' looking for beginning of value"],
  ['{"auths": {"r": {"auth": "x"},}}', "invalid character '}' looking for beginning of object key string"],
];

test.each(cases)('%j', (text, problem) => {
  expect(jsonProblem(text)).toBe(problem);
});

test('a text nested without end is refused, not recursed into', () => {
  expect(jsonProblem('['.repeat(3_000_000))).toBe('exceeded max depth');
});
