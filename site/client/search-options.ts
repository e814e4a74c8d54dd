/** How the course is searched: the same options make the index at build time and read it in the browser. */
import type { Options } from 'minisearch';

const FIELDS = ['title', 'heading', 'commands', 'text', 'output'];
const STORED = ['url', 'title', 'heading'];

/** Words, and besides whole flags, paths and names (`--output-jq`, `apps/v1.Deployment`) their parts. */
export function tokenize(text: string): string[] {
  const whole = text.toLowerCase().match(/(?:--?)?[\p{L}\p{N}]+(?:[-_./:=@][\p{L}\p{N}]+)*/gu) ?? [];
  return whole.flatMap((word) => {
    const parts = word.split(/[-_./:=@]+/).filter((part) => part !== '');
    return parts.length > 1 || parts[0] !== word ? [word, ...parts] : parts;
  });
}

/** MiniSearch's options. Ids, hashes and addresses are no words that anybody looks for. */
export const SEARCH_OPTIONS: Options = {
  fields: FIELDS,
  storeFields: STORED,
  tokenize,
  processTerm: (term) =>
    term.length > 40 || /^(?=.*\d)[\da-f]{6,}(?:-[\da-f]+)*$|^\d+$/.test(term) ? null : term,
  searchOptions: {
    boost: { title: 5, heading: 4, commands: 2, output: 0.3 },
    prefix: (term) => term.length > 1,
    fuzzy: (term) => (term.length > 4 ? 0.25 : false),
    combineWith: 'AND',
  },
};
