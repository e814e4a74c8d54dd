/** The question put to the index: all words first; where no section has them all, any of them. */
import type MiniSearch from 'minisearch';
import type { SearchResult } from 'minisearch';

/** Best first. */
export function findSections(index: MiniSearch, query: string): readonly SearchResult[] {
  const all = index.search(query);
  return all.length > 0 ? all : index.search(query, { combineWith: 'OR' });
}
