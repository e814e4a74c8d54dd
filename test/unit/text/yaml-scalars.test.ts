/** The values are what Go's YAML libraries, in the versions of ConfigHub and Kubernetes, were seen to read. */
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { KUBERNETES_YAML, readGoNumbers } from '../../../runner/text/yaml-scalars.ts';

/** What both read alike. */
const NUMBERS: Readonly<Record<string, unknown>> = {
  '0644': 420,
  '-0644': -420,
  '+0644': 420,
  '0o17': 15,
  '-0o17': -15,
  '0O17': 15,
  '0b11': 3,
  '+0b11': 3,
  '0B1_1': 3,
  '0x1F': 31,
  '-0x1F': -31,
  '0X_1f': 31,
  '1_000': 1000,
  '1_': 1,
  '0_7': 7,
  '-0': 0,
  '00': 0,
  '08': 8,
  '09.5': 9.5,
  '010e2': 1000,
  '1_0.5': 10.5,
  '1.': 1,
  '-.5': -0.5,
  '1.e3': 1000,
  '-1E-3': -0.001,
  '.inf': Infinity,
  _1: '_1',
  '0x': '0x',
  '0b2': '0b2',
  '0x1g': '0x1g',
  '.': '.',
  '._5': '._5',
  '1e': '1e',
  '12:30': '12:30',
  '190:20:30.5': '190:20:30.5',
  '2020-01-02': '2020-01-02',
  '"0644"': '0644',
  '!!str 0644': '0644',
  TRUE: true,
  tRUE: 'tRUE',
  Null: null,
};

test.each(Object.entries(NUMBERS))('%s', (text, value) => {
  expect(parse(text, { customTags: readGoNumbers })).toEqual(value);
  expect(parse(text, KUBERNETES_YAML)).toEqual(value);
});

test.each([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((text) => [text, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((text) => [text, false] as const),
  ...['yEs', 'oN', '"on"', '!!str no'].map((text) => [text, text.replaceAll(/"|!!str /g, '')] as const),
])('%s is for Kubernetes alone', (text, value) => {
  expect(parse(text, KUBERNETES_YAML)).toBe(value);
  expect(parse(text, { customTags: readGoNumbers })).toBe(text.replaceAll(/"|!!str /g, ''));
});

test('Kubernetes merges mappings', () => {
  const text = 'base: &base {a: 1, b: 1}\nown: {<<: *base, b: 2}\n';
  expect(parse(text, KUBERNETES_YAML)).toMatchObject({ own: { a: 1, b: 2 } });
});
