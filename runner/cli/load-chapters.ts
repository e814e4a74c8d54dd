/** Reads and parses the chapters that were named, and those that they need, until none is missing. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Chapter, ChapterId, ParsedChapter } from '../chapter/chapter.ts';
import { parseChapter } from '../chapter/parse.ts';
import { findWanted } from '../plan/resolve-need.ts';
import type { Problem } from '../text/text.ts';
import { findChapters, type FoundFile } from './find-chapters.ts';
import { UsageError } from './usage-error.ts';

export interface LoadedChapters {
  /** Those named and those that they need. */
  readonly chapters: readonly Chapter[];
  readonly requested: readonly ChapterId[];
  readonly problems: readonly Problem[];
  /** Source texts by file, to show problems in. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Throws UsageError for paths that cannot be read; whatever is wrong inside a chapter is a problem. */
export async function loadChapters(paths: readonly string[], cwd: string): Promise<LoadedChapters> {
  const sources = new Map<string, string>();
  const read = async (file: string): Promise<ParsedChapter | undefined> => {
    const source = await readFile(resolve(cwd, file), 'utf8').catch(() => undefined);
    if (source === undefined) return undefined;
    sources.set(file, source);
    return parseChapter(file, source);
  };
  const named = await readNamed(await findChapters(paths, cwd), read);
  const needed = await readNeeded(named, read);
  const parsed = [...named, ...needed];
  return {
    chapters: parsed.map(({ chapter }) => chapter),
    requested: named.map(({ chapter }) => chapter.id),
    problems: parsed.flatMap(({ problems }) => problems),
    sources,
  };
}

type Read = (file: string) => Promise<ParsedChapter | undefined>;

async function readNamed(files: readonly FoundFile[], read: Read): Promise<readonly ParsedChapter[]> {
  const parsed: ParsedChapter[] = [];
  for (const { file, named } of files) {
    const chapter = await read(file);
    if (chapter === undefined) throw new UsageError(`${file} cannot be read`);
    if (named || chapter.isMeant) parsed.push(chapter);
  }
  return parsed;
}

/** A need that has no file is left for the plan to report. */
async function readNeeded(named: readonly ParsedChapter[], read: Read): Promise<readonly ParsedChapter[]> {
  const needed: ParsedChapter[] = [];
  const tried = new Set<string>();
  for (;;) {
    const known = [...named, ...needed].map(({ chapter }) => chapter);
    const wanted = findWanted(known).filter((id) => !tried.has(id));
    if (wanted.length === 0) return needed;
    for (const id of wanted) {
      tried.add(id);
      const chapter = await read(id);
      if (chapter !== undefined) needed.push(chapter);
    }
  }
}
