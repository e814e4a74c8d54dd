/** Reads a folder of chapters with the runner's own parser: a page never shows a command that a run would read otherwise. */
import { createHash } from 'node:crypto';
import { glob, readFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { describeWork } from '../../runner/chapter/describe-work.ts';
import { parseChapter } from '../../runner/chapter/parse.ts';
import { renderProblem } from '../../runner/text/render-problem.ts';
import type { Course, Lesson, SourceFile } from '../site.ts';
import { SiteError } from './site-error.ts';

const WORDS_A_MINUTE = 200;

/** The course in a folder. Throws SiteError for a folder without chapters and for a chapter that could not be run. */
export async function loadCourse(folder: string, cwd: string): Promise<Course> {
  const files = await readFiles(folder, cwd);
  const overview = files.find(({ path }) => path === 'README');
  const lessons = files.flatMap((file) => recallLesson(file) ?? []).sort(byOrder);
  if (lessons.length === 0) {
    throw new SiteError(`${folder} has no chapter`, 'a chapter has `mtx:` in its front matter');
  }
  const title = /^# (.+)$/m.exec(overview?.source ?? '')?.[1] ?? 'Lessons';
  return { title, lessons, ...(overview === undefined ? {} : { overview: { ...overview, path: 'index' } }) };
}

async function readFiles(folder: string, cwd: string): Promise<readonly SourceFile[]> {
  const root = resolve(cwd, folder);
  const names: string[] = [];
  for await (const name of glob('**/*.md', { cwd: root })) names.push(name);
  return await Promise.all(
    names.sort().map(async (name) => ({
      file: relative(cwd, join(root, name)).split(sep).join('/'),
      source: await readFile(join(root, name), 'utf8'),
      path: name.split(sep).join('/').replace(/\.md$/, ''),
    })),
  );
}

/** The last reading of each file: a dev server reads the course again after every save of one. */
const readings = new Map<string, { readonly source: string; readonly lesson: Lesson | undefined }>();

function recallLesson(file: SourceFile): Lesson | undefined {
  const known = readings.get(file.file);
  if (known?.source === file.source) return known.lesson;
  const lesson = readLesson(file);
  readings.set(file.file, { source: file.source, lesson });
  return lesson;
}

/** Undefined where the file is no chapter. */
function readLesson(file: SourceFile): Lesson | undefined {
  const { chapter, problems } = parseChapter(file.file, file.source);
  if (problems.some(({ code }) => code === 'format:not-a-chapter')) return undefined;
  const fault = problems.find(({ severity }) => severity === 'error');
  if (fault !== undefined) throw new SiteError(renderProblem(fault, file.source).trimEnd());
  const number = /^(\d+)-/.exec(file.path)?.[1];
  return {
    ...file,
    chapter,
    digest: createHash('sha256').update(describeWork(chapter)).digest('hex'),
    ...(number === undefined ? {} : { number: Number(number) }),
    title: chapter.title,
    minutesToRead: Math.max(1, Math.round(countWords(file.source) / WORDS_A_MINUTE)),
  };
}

function countWords(source: string): number {
  return source.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}

function byOrder(a: Lesson, b: Lesson): number {
  return (a.number ?? Infinity) - (b.number ?? Infinity) || a.path.localeCompare(b.path);
}
