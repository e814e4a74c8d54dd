/**
 * Holds a chain to "afterwards the world is as it was": compares what the world holds before the first block and after the
 * last clean-up, and tells each difference of the chapter after which it was first seen. Each chapter that cleans up is held
 * to it too, as far as the hub's entities go: what it left would otherwise vanish with the spaces of the chapters before it.
 * The cluster follows the hub in its own time, and is compared in the end.
 */
import type { Chapter, ChapterId } from '../chapter/chapter.ts';
import type { Holding } from '../world/world.ts';
import type { ChainContext } from './chain-context.ts';
import { createCleaner } from './clean-text.ts';
import { compareInventories, compareStates, type Differences } from './compare-inventories.ts';
import type { Leftover } from './execution.ts';
import { pause } from './pause.ts';

/** What was deleted may take a moment to go. */
const LOOK_AGAIN_MS = 100;
const MOST_LOOKS = 50;

export interface Ledger {
  /** Remembers what is different after this chapter's blocks, before any clean-up. */
  note(chapter: Chapter): Promise<void>;
  /** Compares with what was there before this chapter, after its clean-ups: those of later chapters have run. */
  check(chapter: Chapter): Promise<void>;
  /** What is different in the end, by chapter. Waits a moment for what is still going. */
  findLeftovers(): Promise<ReadonlyMap<ChapterId, readonly Leftover[]>>;
}

interface Note {
  readonly chapter: Chapter;
  readonly before: readonly Holding[];
  readonly differences: Differences;
}

/** Opens it at the start of a chain. A world that cannot be looked at has nothing to compare. */
export async function openLedger({ world, options, folders }: ChainContext): Promise<Ledger> {
  const look = async (): Promise<readonly Holding[]> => (await world?.inventory?.()) ?? [];
  const start = await look();
  const notes: Note[] = [];
  const unrestored: Note[] = [];
  let before = start;
  const differences = async (): Promise<Differences> => compareInventories(start, await look());
  return {
    async note(chapter) {
      const now = await look();
      notes.push({ chapter, before, differences: compareInventories(start, now) });
      before = now;
    },
    async check(chapter) {
      const note = notes.find((one) => one.chapter === chapter);
      if (note === undefined) return;
      unrestored.push({ ...note, differences: compareStates(note.before, await look()) });
    },
    async findLeftovers() {
      const { clock, hurry } = options;
      let found = await differences();
      for (let looks = 1; found.size > 0 && looks < MOST_LOOKS; looks += 1) {
        if (hurry?.aborted === true) break;
        await pause(clock, LOOK_AGAIN_MS, hurry);
        found = await differences();
      }
      return groupByChapter(found, notes, unrestored, createCleaner(folders, world?.secrets() ?? []));
    },
  };
}

function groupByChapter(
  found: Differences,
  notes: readonly Note[],
  unrestored: readonly Note[],
  clean: (text: string) => string,
): ReadonlyMap<ChapterId, readonly Leftover[]> {
  const groups = new Map<ChapterId, Leftover[]>();
  const add = ({ id, blocks }: Chapter, what: string): void => {
    const line = blocks.find(({ kind }) => kind === 'cleanup')?.span.start.line;
    const leftover = { what: clean(what), ...(line === undefined ? {} : { line }) };
    groups.set(id, [...(groups.get(id) ?? []), leftover]);
  };
  const told = new Set<string>();
  for (const { chapter, differences } of unrestored) {
    for (const [name, what] of differences) {
      if (told.has(name)) continue;
      told.add(name);
      add(chapter, what);
    }
  }
  for (const [name, what] of found) {
    if (told.has(name)) continue;
    // What no chapter's blocks made, a clean-up did, and the first chapter's came last.
    const maker = notes.find(({ differences }) => differences.get(name) === what) ?? notes[0];
    if (maker !== undefined) add(maker.chapter, what);
  }
  return groups;
}
