/**
 * The question put to the index in steps, from what was meant word for word to what was perhaps meant: a typed command
 * among the commands; all words as typed; all words but for typing errors; any of them.
 */
import type MiniSearch from 'minisearch';
import type { SearchOptions, SearchResult } from 'minisearch';

const COMMAND = /^(?:cub|kubectl|npx|npm|mtx-doc) \S/;

/** At most `count` results, best first. */
export function findSections(index: MiniSearch, query: string, count: number): readonly SearchResult[] {
  const exact: SearchOptions = { fuzzy: false };
  const steps: readonly SearchOptions[] = [
    ...(COMMAND.test(query) ? [{ ...exact, prefix: false, fields: ['commands'] }] : []),
    exact,
    {},
    { combineWith: 'OR' },
  ];
  const found = new Map<unknown, SearchResult>();
  for (const step of steps) {
    if (found.size >= count || (step.combineWith === 'OR' && found.size > 0)) break;
    for (const result of index.search(query, step)) if (!found.has(result.id)) found.set(result.id, result);
  }
  return [...found.values()].slice(0, count);
}
