/** Brings chapters into the order in which a reader would work through them: what is needed comes first. */
import type { Chapter, ChapterId } from '../chapter/chapter.ts';
import type { Problem } from '../text/text.ts';
import { resolveNeed } from './resolve-need.ts';

export interface Ordered {
  /** The chapter last, all that it needs before it; each once. */
  readonly chapters: readonly Chapter[];
  readonly problems: readonly Problem[];
}

/** What `last` needs, directly or not, and itself, in an order that can be run. A cycle or a missing file is a problem. */
export function orderChapters(last: Chapter, byId: ReadonlyMap<ChapterId, Chapter>): Ordered {
  const chapters: Chapter[] = [];
  const problems: Problem[] = [];
  const done = new Set<ChapterId>();

  const visit = (chapter: Chapter, path: readonly ChapterId[]): void => {
    if (done.has(chapter.id)) return;
    for (const need of chapter.meta.needs) {
      const id = resolveNeed(chapter.id, need);
      const trail = [...path, chapter.id];
      const needed = byId.get(id);
      if (trail.includes(id)) problems.push(describeCycle(chapter, [...trail.slice(trail.indexOf(id)), id]));
      else if (needed === undefined) problems.push(describeMissing(chapter, need, id));
      else visit(needed, trail);
    }
    if (done.has(chapter.id)) return;
    done.add(chapter.id);
    chapters.push(chapter);
  };
  visit(last, []);
  return { chapters, problems };
}

/** `needs` stands in the front matter, of which a chapter keeps no places: the file's first line stands for it. */
const top = { line: 1, column: 1, offset: 0 };

function describeCycle(chapter: Chapter, trail: readonly ChapterId[]): Problem {
  return {
    code: 'format:needs-cycle',
    severity: 'error',
    file: chapter.file,
    span: { start: top, end: top },
    message: `These chapters need each other: ${trail.join(' -> ')}.`,
    hint: 'A chapter can need only what a reader can have done before it.',
  };
}

function describeMissing(chapter: Chapter, need: string, id: ChapterId): Problem {
  return {
    code: 'format:needs-missing',
    severity: 'error',
    file: chapter.file,
    span: { start: top, end: top },
    message: `\`needs\` names ${need}, and there is no chapter ${id}.`,
    hint: 'Paths in `needs` are relative to the folder of the chapter that says it.',
  };
}
