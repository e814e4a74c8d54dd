/** Reads the shell text of files that are no chapters, for the linter: every shell fence of any Markdown, or a script. */
import { createLineMap } from '../text/position.ts';
import type { Block, BlockId, Chapter, ChapterId } from './chapter.ts';
import { readFrontMatter } from './front-matter.ts';
import { parseInfoString } from './info-string.ts';
import { DEFAULT_META } from './meta.ts';
import { createReporter } from './report.ts';
import { SHELL_LANGUAGES } from './roles.ts';
import { scanMarkdown, type SourceFence } from './scan.ts';
import { readTranscript } from './transcript.ts';

/** Languages of fences that hold a transcript if a line starts with `$ `. */
const SESSIONS = new Set(['console', 'shell-session', 'sh-session', 'terminal']);

/** A Markdown file as a chapter whose runs are its shell fences. Roles and front matter do not count. */
export function readShellFences(file: string, source: string): Chapter {
  const lines = createLineMap(source);
  const { bodyOffset, bodyLine } = readFrontMatter(source, createReporter(file, lines));
  const parts = scanMarkdown(source.slice(bodyOffset), bodyLine, lines);
  const fences = parts.filter((part) => part.kind === 'fence');
  return chapterOf(
    file,
    fences.flatMap((fence, index) => readFence(fence, index + 1)),
  );
}

/** A shell script as a chapter with one run. */
export function readShellScript(file: string, source: string): Chapter {
  const lines = createLineMap(source);
  const body = source.replace(/\r\n?/g, '\n');
  const bodyLines = Array.from({ length: lines.lineCount }, (_, index) => index + 1);
  const span = lines.span(0, source.length);
  return chapterOf(file, [
    toRun('script', 'bash', {
      span,
      bodySpan: span,
      body: body.endsWith('\n') ? body : `${body}\n`,
      bodyLines,
    }),
  ]);
}

function chapterOf(file: string, blocks: readonly Block[]): Chapter {
  return { id: file as ChapterId, file, title: file, summary: '', meta: DEFAULT_META, blocks };
}

function readFence(fence: SourceFence, number: number): readonly Block[] {
  const { language } = parseInfoString(fence.info);
  if (!SHELL_LANGUAGES.includes(language) && !SESSIONS.has(language)) return [];
  const isTranscript = /^\$ /m.test(fence.body);
  if (!isTranscript) return SESSIONS.has(language) ? [] : [toRun(`fence-${number}`, 'bash', fence)];
  const { commands, commandLines } = readTranscript(fence.body.split('\n').slice(0, -1), fence.bodyLines);
  const body = commands.map((line) => `${line}\n`).join('');
  return [toRun(`fence-${number}`, 'bash', { ...fence, body, bodyLines: commandLines })];
}

function toRun(
  id: string,
  language: string,
  { span, bodySpan, body, bodyLines }: Pick<SourceFence, 'span' | 'bodySpan' | 'body' | 'bodyLines'>,
): Block {
  const base = { id: id as BlockId, span, bodySpan, language, body, bodyLines, headings: [] };
  return { ...base, kind: 'run', timeoutMs: 60_000, retry: false, expectations: [] };
}
