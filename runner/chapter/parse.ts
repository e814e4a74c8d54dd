/**
 * Turns a Markdown file into a chapter. Never throws on an author's input: what cannot be understood is a problem with a
 * place, and the rest is still read.
 */
import { createLineMap } from '../text/position.ts';
import { assembleBlocks } from './assemble.ts';
import type { Chapter, ChapterId, ParsedChapter } from './chapter.ts';
import { readFrontMatter } from './front-matter.ts';
import { reportLostFences } from './lost-fences.ts';
import { markFences } from './mark.ts';
import { DEFAULT_META } from './meta.ts';
import { reportNoChapter } from './no-chapter.ts';
import { createReporter, type Reporter } from './report.ts';
import { scanMarkdown } from './scan.ts';

/** Parses one chapter. `file` is its path with `/`, as problems shall name it. Problems stand in the order of the file. */
export function parseChapter(file: string, source: string): ParsedChapter {
  const lines = createLineMap(source);
  const reporter = createReporter(file, lines);
  const front = readFrontMatter(source, reporter);
  const parts = scanMarkdown(source.slice(front.bodyOffset), front.bodyLine, lines);
  const heading = parts.find((part) => part.kind === 'heading');
  const base = {
    id: file as ChapterId,
    file,
    title: front.title ?? heading?.text ?? file.slice(file.lastIndexOf('/') + 1),
    summary: front.summary ?? '',
    meta: front.meta ?? DEFAULT_META,
  };
  if (front.meta === undefined) {
    const isMeant = reporter.problems.length > 0 || reportNoChapter(front.nearMiss, parts, reporter);
    return finish({ ...base, blocks: [] }, reporter, isMeant);
  }
  reportLostFences(parts, front.bodyLine, reporter);
  const marked = markFences(parts, reporter);
  const blocks = assembleBlocks(marked, base.meta, reporter);
  if (!blocks.some(({ kind }) => kind === 'run')) {
    const hint = 'add ` {.run}` to a fence, or remove `mtx:` from the front matter';
    reporter.error('no-runs', { start: 0, end: 0 }, 'this chapter runs nothing', hint);
  }
  return finish({ ...base, blocks }, reporter, true);
}

function finish(chapter: Chapter, reporter: Reporter, isMeant: boolean): ParsedChapter {
  const problems = reporter.problems.toSorted((a, b) => a.span.start.offset - b.span.start.offset);
  return { chapter, problems, isMeant };
}
