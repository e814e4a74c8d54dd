/**
 * What a lesson's page is made of, before it is rendered: its sections, and the anchors that its cards have. Pages, search
 * and the verification page all link to these, so none of them guesses an address.
 */
import type { BlockId } from '../../runner/chapter/chapter.ts';
import { readBody } from '../load/read-body.ts';
import type { Lesson } from '../site.ts';
import { readSections, type Section } from './render-markdown.ts';

export interface Outline {
  /** The part before the first section has no anchor. */
  readonly sections: readonly Section[];
  /** The anchor of each block's card. */
  readonly cards: ReadonlyMap<BlockId, string>;
}

/** Lessons are kept by the dev server while their files do not change. */
const known = new WeakMap<Lesson, Outline>();

/** The lesson's outline. */
export function outlineOf(lesson: Lesson): Outline {
  const found = known.get(lesson) ?? readOutline(lesson);
  known.set(lesson, found);
  return found;
}

function readOutline({ source, chapter }: Lesson): Outline {
  const { sections, anchors } = readSections(readBody(source));
  const taken = new Set<string>(anchors);
  const cards = new Map(
    chapter.blocks.map(({ id }) => {
      let anchor: string = id;
      while (taken.has(anchor)) anchor = `run-${anchor}`;
      taken.add(anchor);
      return [id, anchor];
    }),
  );
  return { sections, cards };
}
