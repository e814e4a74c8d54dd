/** Expected words: a real control plane's (v1.34), selector by selector. */
import { expect, test } from 'vitest';
import { parseLabelSelector } from '../../../../../runner/sandbox/kube/api/parse-label-selector.ts';

const nameWords =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const valueWords =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

test.each([
  ['app=reference data', "found 'data', expected: ',' or 'end of string'"],
  ['app = a b', "found 'b', expected: ',' or 'end of string'"],
  ['app=a app=b', "found 'app', expected: ',' or 'end of string'"],
  ['=x', "found '=', expected: !, identifier, or 'end of string'"],
  ['app: x', `unable to parse requirement: <nil>: Invalid value: "app:": ${nameWords}`],
  ['app:x', `unable to parse requirement: <nil>: Invalid value: "app:x": ${nameWords}`],
  ['app=a/b', `unable to parse requirement: values[0][app]: Invalid value: "a/b": ${valueWords}`],
  ['app in a', "unable to parse requirement: found 'a' expected: '('"],
  ['app notin (a b)', "unable to parse requirement: found 'b', expected: ',' or ')'"],
  [
    'app>x',
    "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer",
  ],
  [
    'app>',
    "unable to parse requirement: values[0]: Invalid value: \"\": for 'Gt', 'Lt' operators, the value must be an integer",
  ],
  ['!app=x', "found '=', expected: ',' or 'end of string'"],
  ['!', "unable to parse requirement: found '', expected: identifier"],
  [
    'app="reference-data"',
    String.raw`unable to parse requirement: values[0][app]: Invalid value: "\"reference-data\"": ${valueWords}`,
  ],
  ['app=!x', "unable to parse requirement: found '!', expected: identifier"],
  ['app&x', `unable to parse requirement: <nil>: Invalid value: "app&x": ${nameWords}`],
  ['app!x', "unable to parse requirement: found '!', expected: in, notin, =, ==, !=, gt, lt"],
  ['app=(x)', "unable to parse requirement: found '(', expected: identifier"],
  ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
  ['app in (x) y', "found 'y', expected: ',' or 'end of string'"],
  ['app,,x', "found ',', expected: identifier after ','"],
  [',app', "found ',', expected: !, identifier, or 'end of string'"],
  ['app,', "found '', expected: identifier after ','"],
  // These the control plane was not asked; the words are those of apimachinery's labels/selector.go.
  ['app in (a,,)', `unable to parse requirement: found ')', expected: ',', or identifier`],
  ['app in (a', `unable to parse requirement: found '', expected: ',' or ')'`],
  ['app in (=)', `unable to parse requirement: found '=', expected: ',', ')' or identifier`],
  ['app in', `unable to parse requirement: found '' expected: '('`],
])('refuses %j', (selector, words) => {
  expect(() => parseLabelSelector(selector)).toThrow(expect.objectContaining({ message: words }));
});

test.each([
  ['', []],
  [' ', []],
  ['app', [{ key: 'app', operator: 'exists', values: [] }]],
  ['! app', [{ key: 'app', operator: 'absent', values: [] }]],
  ['app==', [{ key: 'app', operator: 'in', values: [''] }]],
  [
    'app=,b',
    [
      { key: 'app', operator: 'in', values: [''] },
      { key: 'b', operator: 'exists', values: [] },
    ],
  ],
  ['app in ()', [{ key: 'app', operator: 'in', values: [''] }]],
  ['app in (,)', [{ key: 'app', operator: 'in', values: [''] }]],
  ['app in (b,,a)', [{ key: 'app', operator: 'in', values: ['', 'a', 'b'] }]],
  ['app notin(in,notin)', [{ key: 'app', operator: 'notin', values: ['in', 'notin'] }]],
  ['in in (in)', [{ key: 'in', operator: 'in', values: ['in'] }]],
  ['example.com/tier != web', [{ key: 'example.com/tier', operator: 'notin', values: ['web'] }]],
  ['size>3', [{ key: 'size', operator: 'gt', values: ['3'] }]],
])('reads %j', (selector, requirements) => {
  expect(parseLabelSelector(selector)).toEqual(requirements);
});
