import { expect, test } from 'vitest';
import type { BlockId, ExpectBlock } from '../../../runner/chapter/chapter.ts';
import type { MatchKind } from '../../../runner/expectation/expectation.ts';
import { findTexts } from '../../../runner/export/expected-texts.ts';

const top = { line: 1, column: 1, offset: 0 };

function block(match: MatchKind, text: string): ExpectBlock {
  const span = { start: top, end: top };
  return {
    kind: 'expect',
    id: 'x' as BlockId,
    span,
    bodySpan: span,
    language: 'text',
    body: '',
    bodyLines: [],
    headings: [],
    expectation: { match, language: 'text', text },
    exit: 0,
    stream: 'stdout',
  };
}

const PRESENT: readonly (readonly [MatchKind, string, readonly string[]])[] = [
  ['exact', 'unit a (<<id:uuid>>) is ready\n\nbye', ['unit a (', ') is ready', 'bye']],
  ['contains', 'one\none', ['one']],
  ['elide', '...\nspace ...-traderx (<<s>>)', ['space', '-traderx (']],
  ['like', 'NAME    READY   AGE\nweb-6d4cf56db6-x2x7p   1/1   12s', ['NAME READY AGE', 'web', '1/1']],
  ['subset', '[{ "A": { "Slug": "w", "ID": "<<id>>", "Up": true } }]', ['Slug: w', 'Up: true']],
  ['subset', 'Live: 2\nnames: [x, y]', ['Live: 2', 'x', 'y']],
  ['regex', 'a.*b', []],
];

test.each(PRESENT)('%s of %s', (match, text, present) => {
  expect(findTexts(block(match, text))).toEqual({ present, absent: [] });
});

test('absent texts are those that must not come', () => {
  expect(findTexts(block('absent', 'old\n<<id>>'))).toEqual({ present: [], absent: ['old'] });
});
