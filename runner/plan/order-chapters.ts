/** Brings chapters into the order in which a reader would work through them: what is needed comes first. */
import type { Chapter, ChapterId } from '../chapter/chapter.ts';
import { suggest } from '../text/suggest.ts';
import type { Problem, Span } from '../text/text.ts';
import { resolveNeed } from './resolve-need.ts';

export interface Ordered {
  /** The chapter last, all that it needs before it; each once. */
  readonly chapters: readonly Chapter[];
  readonly problems: readonly Problem[];
}

/**
 * What `last` needs, directly or not, and itself, in an order that can be run. A cycle or a missing file is a problem at the
 * need's own place; `nearby` are files that it may have meant.
 */
export function orderChapters(
  last: Chapter,
  byId: ReadonlyMap<ChapterId, Chapter>,
  nearby: readonly ChapterId[],
): Ordered {
  const chapters: Chapter[] = [];
  const problems: Problem[] = [];
  const done = new Set<ChapterId>();

  const visit = (chapter: Chapter, path: readonly ChapterId[]): void => {
    if (done.has(chapter.id)) return;
    for (const [index, need] of chapter.meta.needs.entries()) {
      const span = chapter.meta.needSpans[index] ?? top;
      const id = resolveNeed(chapter.id, need);
      const trail = [...path, chapter.id];
      const needed = byId.get(id);
      if (trail.includes(id))
        problems.push(describeCycle(chapter, span, [...trail.slice(trail.indexOf(id)), id]));
      else if (needed === undefined) problems.push(describeMissing(chapter, span, need, suggest(id, nearby)));
      else visit(needed, trail);
    }
    if (done.has(chapter.id)) return;
    done.add(chapter.id);
    chapters.push(chapter);
  };
  visit(last, []);
  return { chapters, problems };
}

/** For a chapter that was not parsed from a text. */
const start = { line: 1, column: 1, offset: 0 };
const top: Span = { start, end: start };

function describeCycle(chapter: Chapter, span: Span, trail: readonly ChapterId[]): Problem {
  return {
    code: 'format:needs-cycle',
    severity: 'error',
    file: chapter.file,
    span,
    message: `These chapters need each other: ${trail.join(' -> ')}.`,
    hint: 'A chapter can need only what a reader can have done before it.',
  };
}

function describeMissing(chapter: Chapter, span: Span, need: string, meant: string | undefined): Problem {
  return {
    code: 'format:needs-missing',
    severity: 'error',
    file: chapter.file,
    span,
    message: `\`needs\` names ${need}, and there is no such chapter.`,
    hint:
      meant === undefined
        ? 'Paths in `needs` are relative to the folder of the chapter that says it.'
        : `did you mean \`${meant.split('/').at(-1) ?? meant}\`?`,
  };
}
