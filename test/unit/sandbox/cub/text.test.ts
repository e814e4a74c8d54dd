import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderUnified } from '../../../../runner/sandbox/cub/diff-text.ts';
import { describeTime, shortTime } from '../../../../runner/sandbox/cub/go-time.ts';
import { diffLines } from '../../../../runner/sandbox/cub/line-diff.ts';
import { makeSlug } from '../../../../runner/sandbox/cub/slug.ts';
import { printYaml } from '../../../../runner/sandbox/cub/yaml-text.ts';

const SLUGS = [
  ['My Unit_X', 'my-unit_x'],
  ['  a & b  ', 'a-and-b'],
  ['me@home', 'meathome'],
  ["it's", 'its'],
  ['Ärger Größe Æon', 'arger-grosse-aeon'],
  ['a -- b', 'a-b'],
  ['_x_', 'x'],
  ['a/b.c', 'a-b-c'],
  ['a—b', 'a-b'],
  ['', ''],
] as const;

it.each(SLUGS)('makes a slug of %j', (name, slug) => {
  expect(makeSlug(name)).toBe(slug);
});

const TIMES = [
  ['2026-11-23T05:45:16.2440Z', '2026-11-23 05:45:16.244 +0000 UTC', '2026-11-23 05:45:16'],
  ['2026-11-23T05:45:16+02:00', '2026-11-23 05:45:16 +0200 +0200', '2026-11-23 05:45:16'],
  ['', '0001-01-01 00:00:00 +0000 UTC', '0001-01-01 00:00:00'],
] as const;

it.each(TIMES)('describes the time %j', (time, long, short) => {
  expect(describeTime(time)).toBe(long);
  expect(shortTime(time)).toBe(short);
});

const SCALARS = [
  'a',
  '',
  'yes',
  'null',
  '8080',
  '1e3',
  '0x1f',
  '~',
  'a: b',
  'a #b',
  '- a',
  '*x',
  "it's",
  '"q"',
  ' pad ',
  'a\nb',
  '2026-01-01',
  'http://x:1',
  '{a}',
  '.5',
  '+1',
  '@x',
  'a:',
  'true',
  '!t',
  '%d',
];

it.each(SCALARS)('writes the scalar %j so that YAML reads it back', (text) => {
  expect(parse(printYaml({ key: text, list: [text, { [`k${text.length}`]: text }] }))).toEqual({
    key: text,
    list: [text, { [`k${text.length}`]: text }],
  });
});

it('indents like Go', () => {
  expect(printYaml({ a: [{ args: ['x'], env: [{ name: 'x1' }] }] })).toBe(
    'a:\n    - args:\n        - x\n      env:\n        - name: x1\n',
  );
});

it('finds no difference, or the changed lines with removals first', () => {
  expect(renderUnified(diffLines('a\n', 'a\n'), { from: 'x', to: 'y' }, false)).toBe('');
  expect(diffLines('a\nb\nc\n', 'a\nx\nc\ny')).toEqual([
    { kind: 'same', lines: ['a\n'] },
    { kind: 'removed', lines: ['b\n'] },
    { kind: 'added', lines: ['x\n'] },
    { kind: 'same', lines: ['c\n'] },
    { kind: 'added', lines: ['y'] },
  ]);
});
