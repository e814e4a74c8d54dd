/** Reads a chapter's YAML front matter: its title, its summary and everything under `mtx:`. */
import { isMap, isScalar, isSeq, parseDocument, type Pair, type YAMLMap } from 'yaml';

import { suggest } from '../text/suggest.ts';
import type { Span } from '../text/text.ts';
import type { ChapterMeta } from './chapter.ts';
import { DEFAULT_META, META_READERS, textOf, type MetaReader } from './meta.ts';
import type { Reporter, SourceRange } from './report.ts';

export interface FrontMatter {
  readonly title?: string;
  readonly summary?: string;
  /** Absent: the file is no chapter. */
  readonly meta?: ChapterMeta;
  /** A key that was probably meant to be `mtx`. */
  readonly nearMiss?: string;
  /** Where the Markdown starts, and the number of its first line. */
  readonly bodyOffset: number;
  readonly bodyLine: number;
}

const FENCE = /^(?:\uFEFF)?---[ \t]*(?:\r\n|\n|\r)/;

/** The front matter at the start of the file, if any. */
export function readFrontMatter(source: string, reporter: Reporter): FrontMatter {
  const opening = FENCE.exec(source)?.[0];
  const none = { bodyOffset: source.startsWith('\uFEFF') ? 1 : 0, bodyLine: 1 };
  if (opening === undefined) return none;
  const { lines } = reporter;
  let line = 2;
  while (line <= lines.lineCount && !/^---[ \t]*$/.test(lines.textOf(line))) line += 1;
  if (line > lines.lineCount) {
    if (!/^mtx[ \t]*:/m.test(source)) return none;
    reporter.error(
      'bad-front-matter',
      { start: 0, end: 3 },
      'the front matter is not closed',
      'end it with `---`',
    );
    return none;
  }
  const yaml = source.slice(opening.length, lines.startOf(line));
  const bodyOffset = line < lines.lineCount ? lines.startOf(line + 1) : source.length;
  return { ...readYaml(yaml, opening.length, reporter), bodyOffset, bodyLine: line + 1 };
}

function readYaml(
  yaml: string,
  offset: number,
  reporter: Reporter,
): Pick<FrontMatter, 'title' | 'summary' | 'meta' | 'nearMiss'> {
  const document = parseDocument(yaml, { prettyErrors: false });
  for (const { pos, message } of [...document.errors, ...document.warnings]) {
    reporter.error('bad-front-matter', { start: offset + pos[0], end: offset + pos[1] }, message);
  }
  const root = document.contents;
  if (!isMap(root)) return document.errors.length > 0 && /^mtx:/m.test(yaml) ? { meta: DEFAULT_META } : {};
  const place = placer(offset, yaml.length);
  const meta = readMeta(root, place, reporter);
  const title = readText(root, 'title', place, reporter);
  const summary = readText(root, 'summary', place, reporter);
  const nearMiss = root.items.map(keyOf).find((key) => key !== 'mtx' && suggest(key, ['mtx']) !== undefined);
  return {
    ...(title !== undefined && { title }),
    ...(summary !== undefined && { summary }),
    ...(meta !== undefined && { meta }),
    ...(nearMiss !== undefined && { nearMiss }),
  };
}

type Place = (node: unknown) => SourceRange;

/** Places of YAML nodes in the file; a node without a range stands at the front matter's first line. */
function placer(offset: number, length: number): Place {
  return (node) => {
    const range = (node as { range?: readonly number[] } | null)?.range ?? [0, 0];
    const start = Math.min(range[0] ?? 0, length);
    return { start: offset + start, end: offset + Math.max(start, Math.min(range[1] ?? 0, length)) };
  };
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

function readText(root: YAMLMap, key: string, place: Place, reporter: Reporter): string | undefined {
  const node = root.get(key, true);
  if (node === undefined) return undefined;
  const text = textOf(node);
  if (text !== undefined) return text;
  reporter.error('bad-front-matter', place(node), `\`${key}\` must be a text`);
  return undefined;
}

function readMeta(root: YAMLMap, place: Place, reporter: Reporter): ChapterMeta | undefined {
  const node = root.items.find((pair) => keyOf(pair) === 'mtx')?.value;
  if (node === undefined) return undefined;
  if (node === null || (isScalar(node) && node.value === null)) return DEFAULT_META;
  if (!isMap(node)) {
    reporter.error('bad-front-matter', place(node), '`mtx` must be a map', 'for example `mtx: {needs: []}`');
    return DEFAULT_META;
  }
  const meta: Record<string, unknown> = { ...DEFAULT_META };
  for (const pair of node.items) {
    const key = keyOf(pair);
    const reader = Object.hasOwn(META_READERS, key) ? META_READERS[key] : undefined;
    if (reader === undefined) reportUnknownKey(key, place(pair.key), reporter);
    else readKey(key, reader, pair, place, reporter, meta);
    if (key === 'needs') meta['needSpans'] = spansOf(pair.value, place, reporter);
    if (key === 'allow') meta['allowSpans'] = spansOf(pair.value, place, reporter);
  }
  return meta as unknown as ChapterMeta;
}

function spansOf(list: unknown, place: Place, { lines }: Reporter): readonly Span[] {
  return (isSeq(list) ? list.items : []).map(place).map(({ start, end }) => lines.span(start, end));
}

function readKey(
  key: string,
  reader: MetaReader,
  pair: Pair,
  place: Place,
  reporter: Reporter,
  meta: Record<string, unknown>,
): void {
  const result = reader.read(pair.value);
  if ('value' in result) meta[reader.property] = result.value;
  else {
    reporter.error(
      result.code,
      place(result.node ?? pair.value ?? pair.key),
      `\`mtx.${key}\` ${result.message}`,
      result.hint,
    );
  }
}

function reportUnknownKey(key: string, range: SourceRange, reporter: Reporter): void {
  const known = Object.keys(META_READERS);
  const near = suggest(key, known);
  const hint = near === undefined ? `known keys: ${known.join(', ')}` : `did you mean \`${near}\`?`;
  reporter.error('unknown-key', range, `\`mtx\` has no key \`${key}\``, hint);
}
