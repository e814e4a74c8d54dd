/** An expectation as a chapter has it, without its page. */
import type { BlockId, ExpectBlock } from '../../runner/chapter/chapter.ts';
import type { MatchKind } from '../../runner/expectation/expectation.ts';

const TOP = { line: 1, column: 1, offset: 0 };

/** A block of the first line that compares the standard output. */
export function makeExpectBlock(match: MatchKind, text: string): ExpectBlock {
  const span = { start: TOP, end: TOP };
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
