/** Which chapters a manifest is proved by: those that read it, and those that build upon one that does. Pure. */
import type { Chapter } from '../../runner/chapter/chapter.ts';
import { resolveNeed } from '../../runner/plan/resolve-need.ts';

/** Chapters in the order in which they are to be tried: the first that reads the file, then the ends of the course. */
export function findProvers(manifest: string, chapters: readonly Chapter[]): readonly Chapter[] {
  const readers = chapters.filter((chapter) => reads(chapter, manifest));
  const users = new Set(readers.map(({ id }) => id));
  for (let size = 0; size < users.size;) {
    size = users.size;
    for (const chapter of chapters) {
      if (needsOf(chapter).some((id) => users.has(id))) users.add(chapter.id);
    }
  }
  const needed = new Set(chapters.flatMap(needsOf));
  const ends = chapters.filter(({ id }) => users.has(id) && !needed.has(id));
  return [...new Set([...readers.slice(0, 1), ...ends])];
}

/** A path with a variable or a pattern in it may be any file of the folder. */
function reads({ blocks }: Chapter, manifest: string): boolean {
  const folder = manifest.slice(0, manifest.lastIndexOf('/'));
  return blocks.some(({ body }) => {
    if (body.includes(manifest)) return true;
    return body
      .split(folder)
      .slice(1)
      .some((rest) => !/^\/[\w.-]+\.ya?ml/.test(rest));
  });
}

function needsOf({ id, meta }: Chapter): readonly Chapter['id'][] {
  return meta.needs.map((need) => resolveNeed(id, need));
}
