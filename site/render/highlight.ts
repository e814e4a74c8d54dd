/**
 * Colours code and outputs at build time. Tokens get classes, so that pages need no inline styles, and each class has a colour for
 * either scheme, from the two themes of Shiki that keep a contrast of 4.5:1 throughout.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { escapeCode, raw, type Html } from './html.ts';
import { tintTokens, type Ink, type Tint } from './tint.ts';

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

/** The language of an output with colour sequences. */
export const COLOURED = 'ansi';

/** Inks by the names of their classes. */
export type Palette = Readonly<Record<string, Ink>>;

export interface Highlighter {
  /** The code in spans; its text content is `code`, byte for byte. Unknown languages stay plain. */
  highlight(code: string, language: string): Html;
  /** The coloured parts of an output, by the sequences in it. */
  tint(coloured: string): readonly Tint[];
  /** The classes used so far, by name. */
  palette(): Palette;
  /** Keeps what was coloured for the next build. */
  save(): void;
}

interface Cached {
  readonly html: string;
  readonly tints?: readonly Tint[];
  readonly palette: Palette;
}

/** Opens the highlighter and colours the sources, of which the palette is then; Shiki is loaded if one is not in the cache. */
export async function openHighlighter(cacheFile: string, sources: readonly Snippet[]): Promise<Highlighter> {
  const known = readCache(cacheFile);
  const used = new Map<string, Cached>();
  const isKnown = ({ code, language }: Snippet): boolean =>
    !isColoured(language) || known.has(keyOf(code, language));
  let shiki = sources.every(isKnown) ? undefined : await openShiki();
  const find = (code: string, language: string): Cached | undefined => {
    const key = keyOf(code, language);
    const found = used.get(key) ?? known.get(key) ?? (shiki && colourAny(shiki, code, language));
    if (found !== undefined) used.set(key, found);
    return found;
  };
  for (const { code, language } of sources) if (isColoured(language)) find(code, language);
  return {
    highlight: (code, language) =>
      raw((isColoured(language) ? find(code, language)?.html : undefined) ?? escapeCode(code)),
    tint: (coloured) => find(coloured, COLOURED)?.tints ?? [],
    palette: () => Object.assign({}, ...[...used.values()].map(({ palette }) => palette)) as Palette,
    save: () => {
      shiki?.dispose();
      shiki = undefined;
      writeCache(cacheFile, used);
    },
  };
}

function isColoured(language: string): boolean {
  return language === COLOURED || LANGUAGES[language] !== undefined;
}

/** What will be coloured. */
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

function colourAny(shiki: HighlighterCore, code: string, language: string): Cached {
  return language === COLOURED ? colourOutput(shiki, code) : colour(shiki, code, LANGUAGES[language] ?? '');
}

function colourOutput(shiki: HighlighterCore, code: string): Cached {
  const palette: Record<string, Ink> = {};
  const [light, dark] = [LIGHT, DARK].map((theme) => shiki.codeToTokensBase(code, { lang: 'ansi', theme }));
  const tints = tintTokens(light ?? [], dark ?? [], (ink) => {
    const name = classOf(ink);
    palette[name] = ink;
    return name;
  });
  return { html: '', tints, palette };
}

function colour(shiki: HighlighterCore, code: string, language: string): Cached {
  const themes = { light: LIGHT, dark: DARK };
  const lines = shiki.codeToTokensWithThemes(code, { lang: language, themes });
  const palette: Record<string, Ink> = {};
  const htmlLines = lines.map((tokens) =>
    tokens
      .map(({ content, variants }) => {
        const text = escapeCode(content);
        const ink = inkOf(variants['light']?.color, variants['dark']?.color);
        if (content.trim() === '' || isPlain(ink)) return text;
        const name = classOf(ink);
        palette[name] = ink;
        return `<span class="${name}">${text}</span>`;
      })
      .join(''),
  );
  return { html: htmlLines.join('\n'), palette };
}

function inkOf(light = '', dark = ''): Ink {
  return { light: light.toLowerCase(), dark: dark.toLowerCase() };
}

/** The themes' own text colours: code has them anyway. */
function isPlain({ light, dark }: Ink): boolean {
  return light === '#0e1116' && dark === '#f0f3f6';
}

function classOf({ light, dark, ground }: Ink): string {
  return `k${createHash('sha256')
    .update([light, dark, ...(ground ?? [])].join())
    .digest('hex')
    .slice(0, 4)}`;
}

function keyOf(code: string, language: string): string {
  return createHash('sha256').update(`3\n${language}\n${code}`).digest('base64url');
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
