/** Reads what `mtx-doc lint` is given: chapters and those that they need, scripts, other Markdown, or the standard input. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseChapter } from '../chapter/parse.ts';
import { readShellFences, readShellScript } from '../chapter/read-fences.ts';
import type { LintSource } from '../lint/lint.ts';
import { schedule } from '../plan/schedule.ts';
import type { Problem } from '../text/text.ts';
import type { CommandInput } from './command.ts';
import { findChapters } from './find-chapters.ts';
import type { Host } from './host.ts';
import { listNearby } from './load-plan.ts';
import { loadChapters, type LoadedChapters } from './load-chapters.ts';
import { UsageError } from './usage-error.ts';

export interface LintInput {
  /** Files to report on, in order. */
  readonly requested: readonly string[];
  /** Those, and the chapters that they need. */
  readonly sources: readonly LintSource[];
  readonly texts: Map<string, string>;
  /** What the chapter format and the order of chapters say. */
  problems: readonly Problem[];
}

/** Throws UsageError for paths that cannot be read. */
export async function loadLintInput(input: CommandInput, host: Host): Promise<LintInput> {
  if (input.flag('stdin')) return readStdin(input);
  if (input.arguments.length === 0)
    throw new UsageError('there is nothing to lint', 'name a file or a folder, or give --stdin');
  const anyMarkdown = input.flag('any-markdown');
  const found = await findChapters(input.arguments, host.cwd, ['.md', '.markdown', '.sh', '.bash']);
  const chapters: string[] = [];
  const loaded = open();
  for (const { file, named } of found) {
    const text = readFileSync(resolve(host.cwd, file), 'utf8');
    const isMarkdown = /\.(?:md|markdown)$/i.test(file);
    if (isMarkdown && !anyMarkdown)
      chapters.push(...(named || parseChapter(file, text).isMeant ? [file] : []));
    else add(loaded, isMarkdown ? markdownSource(file, text) : scriptSource(file, text));
  }
  if (chapters.length + loaded.requested.length === 0) {
    const hint = 'a chapter has `mtx:` in its front matter; --any-markdown looks at every Markdown file';
    throw new UsageError(`there is no chapter in ${input.arguments.join(' ')}`, hint);
  }
  if (chapters.length > 0) addChapters(loaded, await loadChapters(chapters, host.cwd), host);
  return loaded;
}

type Draft = LintInput & { readonly requested: string[]; readonly sources: LintSource[] };

function open(): Draft {
  return { requested: [], sources: [], texts: new Map(), problems: [] };
}

function add(input: Draft, source: LintSource): void {
  input.requested.push(source.chapter.file);
  input.sources.push(source);
  input.texts.set(source.chapter.file, source.source);
}

function addChapters(input: Draft, loaded: LoadedChapters, host: Host): void {
  input.requested.push(...loaded.requested);
  for (const chapter of loaded.chapters) {
    const source = loaded.sources.get(chapter.file) ?? '';
    input.sources.push({ kind: 'chapter', chapter, source });
    input.texts.set(chapter.file, source);
  }
  const { problems } = schedule(loaded.chapters, {
    noNeeds: false,
    requested: loaded.requested,
    nearby: listNearby(loaded.chapters, host.cwd),
  });
  input.problems = [...loaded.problems, ...problems];
}

function markdownSource(file: string, source: string): LintSource {
  return { kind: 'markdown', chapter: readShellFences(file, source), source };
}

function scriptSource(file: string, source: string): LintSource {
  return { kind: 'script', chapter: readShellScript(file, source), source };
}

/** What an editor sends: the text of one file, whose name says what it is. */
function readStdin(input: CommandInput): LintInput {
  const text = readFileSync(0, 'utf8');
  const file = input.text('stdin-filename') ?? 'stdin.md';
  const loaded = open();
  if (!/\.(?:md|markdown)$/i.test(file)) add(loaded, scriptSource(file, text));
  else if (input.flag('any-markdown')) add(loaded, markdownSource(file, text));
  else {
    const { chapter, problems } = parseChapter(file, text);
    add(loaded, { kind: 'chapter', chapter, source: text });
    loaded.problems = problems;
  }
  return loaded;
}
