/** The search index as a script, because a page that was opened from disk may load scripts but no data. */
import MiniSearch from 'minisearch';
import { SEARCH_OPTIONS } from '../client/search-options.ts';
import type { RecordedCourse } from '../site.ts';
import { listDocuments } from './search-documents.ts';

/** `search-index.js`. */
export function renderSearchIndex(recorded: RecordedCourse): string {
  const index = new MiniSearch(SEARCH_OPTIONS);
  index.addAll(listDocuments(recorded));
  return `mtxSearch(${JSON.stringify(index)})\n`;
}
