/** How often the section that was meant is among the first five: titles with a typing error, flags, commands. */
import MiniSearch from 'minisearch';
import { SEARCH_OPTIONS } from '../../../site/client/search-options.ts';
import { findSections } from '../../../site/client/find-sections.ts';
import { listDocuments } from '../../../site/machine/search-documents.ts';
import type { RecordedCourse } from '../../../site/site.ts';

interface Question {
  readonly query: string;
  /** Any of these addresses is right. */
  readonly wanted: readonly string[];
}

/** Each question is asked so often, and its best time counts: other work on the machine is not the index's. */
const TIMES = 3;

/** Shares of questions that were answered, by kind, and the slowest answer. */
export interface SearchQuality {
  readonly kinds: readonly { readonly name: string; readonly share: number; readonly of: number }[];
  readonly slowestMs: number;
}

/** Kinds without a question are left out. */
export function measureSearch(recorded: RecordedCourse): SearchQuality {
  const documents = listDocuments(recorded);
  const index = MiniSearch.loadJSON(JSON.stringify(toIndex(documents)), SEARCH_OPTIONS);
  const page = (url: string): string => url.split('#')[0] ?? '';
  const titles = recorded.lessons.map(({ lesson }): Question => ({
    query: mistype(lesson.title),
    wanted: [`${lesson.path}.html`],
  }));
  const words = (pattern: RegExp, where: 'commands' | 'output' = 'commands'): Question[] => {
    const all = new Map<string, string[]>();
    for (const { [where]: text, url } of documents) {
      for (const [found] of text.matchAll(pattern)) all.set(found, [...(all.get(found) ?? []), page(url)]);
    }
    return [...all].map(([query, wanted]) => ({ query, wanted }));
  };
  const asked: readonly (readonly [string, readonly Question[]])[] = [
    ['titles', titles],
    ['flags', words(/(?<=\s)--[a-z][a-z-]+/g)],
    ['commands', words(/\b(?:cub|kubectl) [a-z-]+(?: [a-z-]+)?/g)],
    ['error lines', words(/^(?:Failed|Error)\b.{10,}$/gm, 'output')],
  ];
  let slowest = 0;
  const kinds = asked.flatMap(([name, questions]) => {
    if (questions.length === 0) return [];
    const hits = questions.filter(({ query, wanted }) => {
      const times: number[] = [];
      let found: readonly string[] = [];
      for (let time = 0; time < TIMES; time += 1) {
        const started = performance.now();
        found = findSections(index, query, 5).map((result) => page(String(result['url'])));
        times.push(performance.now() - started);
      }
      slowest = Math.max(slowest, Math.min(...times));
      return found.some((url) => wanted.includes(url));
    });
    return [{ name, share: hits.length / questions.length, of: questions.length }];
  });
  return { kinds, slowestMs: slowest };
}

function toIndex(documents: ReturnType<typeof listDocuments>): MiniSearch {
  const index = new MiniSearch(SEARCH_OPTIONS);
  index.addAll(documents);
  return index;
}

/** Two letters of the longest word the wrong way round. */
function mistype(title: string): string {
  const longest = title.split(' ').toSorted((a, b) => b.length - a.length)[0] ?? '';
  const middle = Math.floor(longest.length / 2);
  const wrong =
    longest.slice(0, middle - 1) +
    (longest[middle] ?? '') +
    (longest[middle - 1] ?? '') +
    longest.slice(middle + 1);
  return title.replace(longest, wrong);
}
