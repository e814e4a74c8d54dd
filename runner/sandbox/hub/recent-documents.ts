/**
 * The documents of configuration data that was read lately, to be looked at only. Reading YAML is most of what a bulk change
 * costs, and one change reads the same text several times: for the function, for what it changed, and for who wrote what.
 */
import type { Document } from 'yaml';
import { parseDocuments } from './config-data.ts';

const recent = new Map<string, readonly Document.Parsed[]>();
const MOST_RECENT = 16;
const LONGEST_RECENT = 64 * 1024;

/** What `parseDocuments` returns. It must not be changed. */
export function viewDocuments(text: string): readonly Document.Parsed[] {
  const found = recent.get(text) ?? parseDocuments(text);
  if (text.length > LONGEST_RECENT) return found;
  recent.delete(text);
  recent.set(text, found);
  for (const oldest of recent.keys()) if (recent.size > MOST_RECENT) recent.delete(oldest);
  return found;
}
