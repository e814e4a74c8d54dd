/** Chapters as values, for tests of the stages after the parser: blocks get their ids and lines from their order. */
import type {
  BackgroundBlock,
  Block,
  BlockId,
  Chapter,
  ChapterId,
  ChapterMeta,
  CleanupBlock,
  ExpectBlock,
  RunBlock,
} from '../../runner/chapter/chapter.ts';
import type { MatchKind } from '../../runner/expectation/expectation.ts';

/** A block that has no place yet: `buildChapter` gives it one. */
export type Draft = (place: Place) => Block;

interface Place {
  readonly id: BlockId;
  readonly line: number;
}

export interface Expected extends Partial<Omit<ExpectBlock, 'expectation'>> {
  readonly text?: string;
  readonly match?: MatchKind;
}

const nowhere = { line: 1, column: 1, offset: 0 };

function base(body: string, { id, line }: Place) {
  const text = body === '' || body.endsWith('\n') ? body : `${body}\n`;
  const start = { ...nowhere, line };
  return {
    id,
    span: { start, end: start },
    bodySpan: { start, end: start },
    language: 'bash',
    body: text,
    bodyLines: text
      .split('\n')
      .slice(0, -1)
      .map((_, index) => line + 1 + index),
    headings: [],
  };
}

/** A run; each of `expected` is one of its expectations. */
export function run(body: string, expected: readonly Expected[] = [], more: Partial<RunBlock> = {}): Draft {
  return (place) => ({
    ...base(body, place),
    kind: 'run',
    timeoutMs: 60_000,
    retry: false,
    expectations: expected.map(({ text = '', match = 'exact', exit = 0, ...rest }, index) => ({
      ...base('', { id: `${place.id}-expect-${index}` as BlockId, line: place.line }),
      kind: 'expect',
      expectation: { match, language: 'text', text },
      exit,
      stream: exit === 0 ? 'stdout' : 'both',
      ...rest,
    })),
    ...more,
  });
}

export function setup(body: string): Draft {
  return (place) => ({ ...base(body, place), kind: 'setup', timeoutMs: 60_000 });
}

export function cleanup(body: string, more: Partial<CleanupBlock> = {}): Draft {
  return (place) => ({ ...base(body, place), kind: 'cleanup', timeoutMs: 60_000, ...more });
}

export function background(
  body: string,
  more: Pick<BackgroundBlock, 'ready'> & { timeoutMs?: number },
): Draft {
  return (place) => ({ ...base(body, place), kind: 'background', timeoutMs: 10_000, ...more });
}

export function file(path: string, body: string): Draft {
  return (place) => ({ ...base(body, place), kind: 'file', path });
}

export function excerpt(of: string, body: string, lines?: { from: number; to: number }): Draft {
  return (place) => ({
    ...base(body, place),
    kind: 'excerpt',
    of,
    ...(lines === undefined ? {} : { lines }),
  });
}

export function skip(body: string, reason: string): Draft {
  return (place) => ({ ...base(body, place), kind: 'skip', reason });
}

/** The blocks become `b1`, `b2` …; the first stands on line 1, each takes its body and two fence lines. */
export function buildChapter(id: string, drafts: readonly Draft[], meta: Partial<ChapterMeta> = {}): Chapter {
  let line = 1;
  const blocks = drafts.map((draft, index) => {
    const block = draft({ id: `b${index + 1}` as BlockId, line });
    line += block.bodyLines.length + 2;
    return block;
  });
  const defaults = {
    needs: [],
    needSpans: [],
    timeoutMs: 600_000,
    requires: [],
    env: {},
    secrets: [],
    world: 'any',
    collect: [],
    allow: [],
    allowSpans: [],
  };
  return {
    id: id as ChapterId,
    file: id,
    title: id,
    summary: '',
    meta: { ...defaults, ...meta } as ChapterMeta,
    blocks,
  };
}
