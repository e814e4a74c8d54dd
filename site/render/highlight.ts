/**
 * Colours code at build time. Tokens get classes, so that pages need no inline styles, and each class has a colour for
 * either scheme, from the two themes of Shiki that keep a contrast of 4.5:1 throughout.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { escapeHtml, raw, type Html } from './html.ts';

const LIGHT = 'github-light-high-contrast';
const DARK = 'github-dark-high-contrast';
const LANGUAGES: Readonly<Record<string, string>> = {
  bash: 'bash',
  sh: 'bash',
  shell: 'bash',
  console: 'bash',
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  diff: 'diff',
};

/** A colour for the light and one for the dark scheme. */
export type Palette = Readonly<Record<string, readonly [light: string, dark: string]>>;

export interface Highlighter {
  /** The code in spans; its text content is `code`, byte for byte. Unknown languages stay plain. */
  highlight(code: string, language: string): Html;
  /** The classes used so far, by name. */
  palette(): Palette;
  /** Keeps what was coloured for the next build. */
  save(): void;
}

interface Cached {
  readonly html: string;
  readonly palette: Palette;
}

/** Opens the highlighter; Shiki itself is loaded when the first block is not in the cache. */
export async function openHighlighter(cacheFile: string, sources: readonly Snippet[]): Promise<Highlighter> {
  const known = readCache(cacheFile);
  const used = new Map<string, Cached>();
  const isKnown = ({ code, language }: Snippet): boolean => known.has(keyOf(code, language));
  let shiki = sources.every(isKnown) ? undefined : await openShiki();
  const find = (code: string, language: string): Cached | undefined => {
    const key = keyOf(code, language);
    const found =
      used.get(key) ?? known.get(key) ?? (shiki && colour(shiki, code, LANGUAGES[language] ?? ''));
    if (found !== undefined) used.set(key, found);
    return found;
  };
  return {
    highlight: (code, language) =>
      raw(
        LANGUAGES[language] === undefined
          ? escapeHtml(code)
          : (find(code, language)?.html ?? escapeHtml(code)),
      ),
    palette: () => Object.assign({}, ...[...used.values()].map(({ palette }) => palette)) as Palette,
    save: () => {
      shiki?.dispose();
      shiki = undefined;
      writeCache(cacheFile, used);
    },
  };
}

/** Code that will be coloured. */
export interface Snippet {
  readonly code: string;
  readonly language: string;
}

async function openShiki(): Promise<HighlighterCore> {
  return await createHighlighterCore({
    themes: [
      import('@shikijs/themes/github-light-high-contrast'),
      import('@shikijs/themes/github-dark-high-contrast'),
    ],
    langs: [
      import('@shikijs/langs/bash'),
      import('@shikijs/langs/yaml'),
      import('@shikijs/langs/json'),
      import('@shikijs/langs/diff'),
    ],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
}

function colour(shiki: HighlighterCore, code: string, language: string): Cached {
  const themes = { light: LIGHT, dark: DARK };
  const lines = shiki.codeToTokensWithThemes(code, { lang: language, themes });
  const palette: Record<string, readonly [string, string]> = {};
  const htmlLines = lines.map((tokens) =>
    tokens
      .map(({ content, variants }) => {
        const text = escapeHtml(content);
        const pair = [variants['light']?.color ?? '', variants['dark']?.color ?? ''] as const;
        if (content.trim() === '' || isPlain(pair)) return text;
        const name = classOf(pair);
        palette[name] = pair;
        return `<span class="${name}">${text}</span>`;
      })
      .join(''),
  );
  return { html: htmlLines.join('\n'), palette };
}

/** The themes' own text colours: code has them anyway. */
function isPlain([light, dark]: readonly [string, string]): boolean {
  return /^#0e1116$/i.test(light) && /^#f0f3f6$/i.test(dark);
}

function classOf(pair: readonly [string, string]): string {
  return `k${createHash('sha256').update(pair.join()).digest('hex').slice(0, 3)}`;
}

function keyOf(code: string, language: string): string {
  return createHash('sha256').update(`1\n${language}\n${code}`).digest('base64url');
}

function readCache(file: string): ReadonlyMap<string, Cached> {
  try {
    return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Cached>));
  } catch {
    return new Map();
  }
}

function writeCache(file: string, used: ReadonlyMap<string, Cached>): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, JSON.stringify(Object.fromEntries(used)));
  renameSync(`${file}.tmp`, file);
}
