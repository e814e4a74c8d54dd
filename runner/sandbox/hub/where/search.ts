/** The `~` operators: the patterns of `text/pattern`, whose time is bounded whatever a client sends, with the hub's refusal. */
import { compileSearch } from '../../../text/pattern/compile-search.ts';
import { badRequest } from '../errors.ts';

/** A test for "the pattern occurs somewhere in the text". Throws 400. */
export function searchFor(source: string, ignoresCase: boolean = false): (text: string) => boolean {
  const search = compileSearch(ignoresCase ? foldPattern(source) : source);
  if (typeof search !== 'function')
    throw badRequest(`invalid regular expression \`${source}\`: ${search.message}`);
  return ignoresCase ? (text) => search(text.toLowerCase()) : search;
}

/** In lower case, but for escapes: `\S` is no `\s`. */
function foldPattern(source: string): string {
  return source.replaceAll(/\\[pP]\{[^}]*\}|\\.|./gsu, (part) =>
    part.startsWith('\\') ? part : part.toLowerCase(),
  );
}
