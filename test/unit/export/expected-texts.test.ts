import { expect, test } from 'vitest';
import type { MatchKind } from '../../../runner/expectation/expectation.ts';
import { findTexts } from '../../../runner/export/expected-texts.ts';
import { makeExpectBlock } from '../../support/expect-block.ts';

const ROWS: readonly (readonly [MatchKind, string, readonly string[]])[] = [
  ['exact', 'unit a (<<id:uuid>>) is ready\n\nbye', ['unit a (<<id:uuid>>) is ready', '', 'bye']],
  ['exact', '', []],
  ['elide', '...\n...-traderx   <<n:int>>   <<n>>', ['...', '...-traderx   <<n:int>>   <<n>>']],
  [
    'like',
    'NAME    READY   AGE\nweb-6d4cf56db6-x2x7p   1/1   12s',
    ['NAME    READY   AGE', 'web-<<_>>   1/1   <<_>>'],
  ],
  ['like', '  <<p>>-eu  <<a:int>> <<a>>', ['  <<p>>-eu  <<a:int>> <<a>>']],
  ['like', 'cpu 100m\n\nAGE\n100m', ['cpu 100m', '', 'AGE', '<<_>>']],
  ['like', 'at 2025-01-02 03:04:05 +0000 UTC <<x>>-6d4cf56db6-x2x7p', ['at <<_:line>> <<x>>-<<_>>']],
];

test.each(ROWS)('rows of %s: %s', (match, text, rows) => {
  expect(findTexts(makeExpectBlock(match, text))).toEqual({ kind: 'rows', rows });
});

const TEXTS: readonly (readonly [MatchKind, string, readonly string[]])[] = [
  ['contains', 'one\none', ['one']],
  ['contains', 'unit <<u>> is\n\nready', ['unit', 'is', 'ready']],
  ['subset', '[{ "A": { "Slug": "w", "ID": "<<id>>", "Up": true } }]', ['Slug: w', 'Up: true']],
  ['subset', 'Live: 2\nnames: [x, y]', ['Live: 2', 'x', 'y']],
  ['regex', 'a.*b', []],
];

test.each(TEXTS)('texts of %s: %s', (match, text, present) => {
  expect(findTexts(makeExpectBlock(match, text))).toEqual({ kind: 'texts', present, absent: [] });
});

test('absent texts are those that must not come', () => {
  expect(findTexts(makeExpectBlock('absent', 'old\n<<id>>'))).toEqual({
    kind: 'texts',
    present: [],
    absent: ['old'],
  });
});
