/** `needs` names files relative to the chapter that says it; a plan compares ids. This is the bridge between the two. */
import type { Chapter, ChapterId } from '../chapter/chapter.ts';

/** The id that `need`, written in the chapter `from`, names: `tutorial/a.md` + `../b.md` is `b.md`. */
export function resolveNeed(from: ChapterId, need: string): ChapterId {
  const parts = from.split('/').slice(0, -1);
  for (const part of need.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/') as ChapterId;
}

/** The chapters that these need and that are not among them yet: the files to parse next, until none is left. */
export function findWanted(chapters: readonly Chapter[]): readonly ChapterId[] {
  const known = new Set(chapters.map((chapter) => chapter.id));
  const wanted = chapters.flatMap(({ id, meta }) => meta.needs.map((need) => resolveNeed(id, need)));
  return [...new Set(wanted)].filter((id) => !known.has(id));
}
