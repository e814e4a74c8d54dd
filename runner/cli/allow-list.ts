/** The survivors that somebody accepts, with their reasons: a YAML or JSON list in a file of its own. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseData } from '../expectation/data.ts';
import type { AllowedMutation, MutatedChapter } from '../report/mutants.ts';
import { UsageError } from './usage-error.ts';

const KEYS = ['chapter', 'block', 'mutation', 'reason'] as const;

/** Reads the list. Throws UsageError where it is none. */
export function readAllowList(file: string, cwd: string): readonly AllowedMutation[] {
  const refuse = (message: string, cause?: unknown): never => {
    const hint = 'a list of entries with chapter, block, mutation and reason, each a text';
    throw new UsageError(`--allow ${file}: ${message}`, hint, { cause });
  };
  let text = '';
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error), error);
  }
  const parsed = parseData(text);
  if (parsed.kind === 'unreadable') return refuse(parsed.message);
  const [value] = parsed.values;
  if (parsed.values.length !== 1 || !Array.isArray(value)) return refuse('it is no list');
  return value.map(
    (entry: unknown, index) => parseEntry(entry) ?? refuse(`entry ${index + 1} is not complete`),
  );
}

function parseEntry(entry: unknown): AllowedMutation | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(entry));
  const read = (key: (typeof KEYS)[number]): string => {
    const value = fields.get(key);
    return typeof value === 'string' ? value.trim() : '';
  };
  if (fields.size !== KEYS.length || KEYS.some((key) => read(key) === '')) return undefined;
  const [chapter, block, mutation, reason] = [
    read('chapter'),
    read('block'),
    read('mutation'),
    read('reason'),
  ];
  return { chapter, block, mutation, reason };
}

/** The chapters with the reasons of listed survivors, and the entries that fit none although their block was judged. */
export function applyAllowList(
  chapters: readonly MutatedChapter[],
  entries: readonly AllowedMutation[],
  only?: string,
): { readonly chapters: readonly MutatedChapter[]; readonly stale: readonly AllowedMutation[] } {
  const used = new Set<AllowedMutation>();
  const listed = chapters.map((chapter) => ({
    ...chapter,
    survivors: chapter.survivors.map((survivor) => {
      const entry = entries.find(
        ({ chapter: file, block, mutation }) =>
          file === chapter.file && block === survivor.block && mutation === survivor.mutation,
      );
      if (entry === undefined) return survivor;
      used.add(entry);
      return { ...survivor, reason: entry.reason };
    }),
  }));
  const judged = new Set(chapters.map(({ file }) => file));
  const stale = entries.filter(
    (entry) => !used.has(entry) && judged.has(entry.chapter) && (only === undefined || only === entry.block),
  );
  return { chapters: listed, stale };
}
