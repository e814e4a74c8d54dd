/** The text around the blocks of a page: headings, and lines of prose with places. Fences and code in a line are no prose. */
import type { Page } from '../lint.ts';

export interface Heading {
  readonly depth: number;
  readonly text: string;
  /** Offsets of the whole line. */
  readonly start: number;
  readonly end: number;
}

export interface Prose {
  readonly headings: readonly Heading[];
  /** Each line with its offset; code in it is blanked, so that places stay. */
  readonly lines: readonly { readonly text: string; readonly start: number }[];
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Reads a Markdown text; its front matter is passed by. */
export function readProse(source: Page['source']): Prose {
  const headings: Heading[] = [];
  const lines: { text: string; start: number }[] = [];
  let fence: string | undefined;
  let start = /^---\n[^]*?\n---\n/.exec(source.replaceAll('\r\n', '\n '))?.[0].length ?? 0;
  for (const raw of source.slice(start).split('\n')) {
    const text = raw.replace(/\r$/, '');
    const mark = FENCE.exec(text)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) === true && text.trim() === mark) fence = undefined;
    } else if (mark !== undefined) fence = mark;
    else {
      const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(text);
      if (heading !== null)
        headings.push({
          depth: heading[1]?.length ?? 1,
          text: heading[2] ?? '',
          start,
          end: start + text.length,
        });
      lines.push({ text: text.replace(/`+[^`]*`+/g, (code) => ' '.repeat(code.length)), start });
    }
    start += raw.length + 1;
  }
  return { headings, lines };
}

/** Anchors of the headings, as GitHub writes them. */
export function anchorsOf({ headings }: Prose): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const { text } of headings) {
    const slug = text
      .replace(/`/g, '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    let unique = slug;
    for (let count = 1; anchors.has(unique); count += 1) unique = `${slug}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}
