/** Documents that say something but configure nothing: their comments are worth keeping, and no resource can hold them. */
import { isNode } from 'yaml';
import type { Document } from 'yaml';

/** The documents that are not empty; the comments of the others go to the next one, or to the end of the last one. */
export function joinComments<T extends Document>(
  documents: readonly T[],
  isFull: (document: T) => boolean,
): T[] {
  const full: T[] = [];
  let waiting: string[] = [];
  for (const document of documents) {
    if (!isFull(document)) {
      waiting.push(...commentsOf(document));
      continue;
    }
    const { contents } = document;
    const first = isNode(contents) && (document.commentBefore ?? '') === '' ? contents : document;
    if (waiting.length > 0) first.commentBefore = joinTexts([...waiting, first.commentBefore]);
    waiting = [];
    full.push(document);
  }
  const last = full.at(-1);
  if (last !== undefined && waiting.length > 0) last.comment = joinTexts([last.comment, ...waiting]);
  return full;
}

function commentsOf(document: Document): string[] {
  const { contents, commentBefore, comment } = document;
  const inside = isNode(contents) ? [contents.commentBefore, contents.comment] : [];
  return [commentBefore, ...inside, comment].filter((text) => typeof text === 'string');
}

function joinTexts(texts: readonly (string | null | undefined)[]): string {
  return texts.filter((text) => typeof text === 'string').join('\n');
}
