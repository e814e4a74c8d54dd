/** All code of a course, and all outputs that were coloured, so that the highlighter can be loaded, or left alone, once. */
import openMarkdownIt from 'markdown-it';
import type { RecordedCourse, SourceFile } from '../site.ts';
import { COLOURED, type Snippet } from './highlight.ts';

const markdown = openMarkdownIt('commonmark');
markdown.core.ruler.enableOnly(['normalize', 'block']);

/** The bodies of fences as the pages show them, then the outputs. */
export function listSnippets({ course, lessons }: RecordedCourse): readonly Snippet[] {
  const texts = [...(course.overview === undefined ? [] : [course.overview]), ...course.lessons];
  const outputs = lessons.flatMap(({ blocks }) =>
    [...blocks.values()].flatMap(({ run }) => Object.values(run?.output?.coloured ?? {})),
  );
  return [...texts.flatMap(recallFences), ...outputs.map((code) => ({ code, language: COLOURED }))];
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
