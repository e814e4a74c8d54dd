/** All code of a course that is coloured, so that the highlighter can be loaded, or left alone, once. */
import openMarkdownIt from 'markdown-it';
import type { Course, SourceFile } from '../site.ts';
import type { Snippet } from './highlight.ts';

const markdown = openMarkdownIt('commonmark');
markdown.core.ruler.enableOnly(['normalize', 'block']);

/** In page order; the bodies of fences as the pages show them. */
export function listSnippets({ overview, lessons }: Course): readonly Snippet[] {
  const texts = [...(overview === undefined ? [] : [overview]), ...lessons];
  return texts.flatMap(recallFences);
}

/** The last reading of each file: a dev server asks again after every save of one. */
const readings = new Map<string, { readonly source: string; readonly snippets: readonly Snippet[] }>();

function recallFences({ file, source }: SourceFile): readonly Snippet[] {
  const known = readings.get(file);
  if (known?.source === source) return known.snippets;
  const snippets = markdown
    .parse(source, {})
    .filter(({ type }) => type === 'fence')
    .map(({ content, info }) => ({ code: content, language: /^[^\s{]*/.exec(info)?.[0] ?? '' }));
  readings.set(file, { source, snippets });
  return snippets;
}
