/** A page is as good as what it builds on: its recording is old as soon as a chapter that it needs is another one. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { describeWork } from '../../../runner/chapter/describe-work.ts';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import type { Report, ReportBlock, ReportChapter } from '../../../runner/report/report.ts';
import { describeLesson } from '../../../site/page/describe-lesson.ts';
import { listUnverified } from '../../../site/recording/list-unverified.ts';
import { recordCourse } from '../../../site/recording/record-course.ts';
import { openHighlighter } from '../../../site/render/highlight.ts';
import type { Course, Lesson } from '../../../site/site.ts';
import { reportOf } from '../../support/site-corpus.ts';

/** a <- b <- sub/c, and d by itself. */
const SOURCES = {
  'course/a.md': 'mtx: {}\n---\n# A\n\n```bash {.run #one}\necho green > state\n```\n',
  'course/b.md': 'mtx: { needs: [a.md] }\n---\n# B\n\n```bash {.run #one}\ncat state\n```\n',
  'course/sub/c.md': 'mtx: { needs: [../b.md] }\n---\n# C\n\n```bash {.run #one}\ncat state\n```\n',
  'course/d.md': 'mtx: {}\n---\n# D\n\n```bash {.run #one}\ntrue\n```\n',
};
type Sources = Partial<typeof SOURCES>;

function readLesson(file: string, text: string): Lesson {
  const source = `---\n${text}`;
  const { chapter } = parseChapter(file, source);
  const digest = createHash('sha256').update(describeWork(chapter)).digest('hex');
  return { file, source, path: file.replace(/\.md$/, ''), chapter, digest, title: file, minutesToRead: 1 };
}

const courseOf = (sources: Sources): Course => ({
  title: 'T',
  lessons: Object.entries(sources).map(([file, text]) => readLesson(file, text)),
});

const chapters = courseOf(SOURCES).lessons.map(({ file, chapter, digest, title }): ReportChapter => ({
  chain: file === 'course/d.md' ? 'd' : 'c',
  id: chapter.id,
  file,
  title,
  digest,
  requested: true,
  status: 'passed',
  startedAt: '2026-01-02T03:04:05.000Z',
  durationMs: 3,
  blocks: chapter.blocks.map((block): ReportBlock => ({
    id: block.id,
    kind: 'run',
    line: block.span.start.line,
    headings: [],
    command: block.body,
    status: 'passed',
    exit: 0,
    startedAt: '2026-01-02T03:04:05.000Z',
    durationMs: 3,
    tries: 1,
    waitedMs: 0,
    output: { stdout: '', stderr: '', omittedBytes: 0 },
    expectations: [],
  })),
  collected: [],
}));

function reportWith(given: readonly ReportChapter[]): Report {
  const report = reportOf(given);
  return { ...report, chains: report.chains.flatMap((chain) => [chain, { ...chain, id: 'd' }]) };
}

const all = reportWith(chapters);
const change = (file: keyof Sources, from: string, to: string): Sources => ({
  ...SOURCES,
  [file]: SOURCES[file].replace(from, to),
});
const { 'course/a.md': _first, ...WITHOUT_FIRST } = SOURCES;
const of = (file: string): ReportChapter[] => chapters.filter((chapter) => chapter.file === file);
const [first] = of('course/a.md');
if (first === undefined) throw new Error('the course has a first page');

const OLD = 'course/a.md, which it needs, has changed since this was recorded.';

describe('the pages a, b that needs a, c that needs b, and d are', () => {
  test.each<readonly [string, Sources, Report, readonly string[], string]>([
    ['verified as they were recorded', SOURCES, all, ['verified', 'verified', 'verified', 'verified'], ''],
    [
      'outdated from the one on that changed',
      change('course/a.md', 'green', 'red'),
      all,
      ['outdated', 'outdated', 'outdated', 'verified'],
      `course/sub/c.md: ${OLD}`,
    ],
    [
      'verified where only the prose of one changed',
      change('course/a.md', '# A', '# A, once more'),
      all,
      ['verified', 'verified', 'verified', 'verified'],
      '',
    ],
    [
      'verified before the one that changed',
      change('course/sub/c.md', 'cat', 'head'),
      all,
      ['verified', 'verified', 'outdated', 'verified'],
      'course/sub/c.md: The page asks for something else since this was recorded.',
    ],
    [
      'not verified where what they need ran in another world only',
      SOURCES,
      reportWith([{ ...first, chain: 'd' }, ...chapters.slice(1)]),
      ['verified', 'missing', 'missing', 'verified'],
      'course/b.md: course/a.md, which it needs, did not run before it.',
    ],
    [
      'verified whatever another world saw',
      SOURCES,
      reportWith([...chapters, { ...first, chain: 'd', requested: false }]),
      ['verified', 'verified', 'verified', 'verified'],
      '',
    ],
    [
      'failed where what they need did',
      SOURCES,
      reportWith([{ ...first, status: 'failed' }, ...chapters.slice(1)]),
      ['failed', 'failed', 'failed', 'verified'],
      'course/b.md: course/a.md, which it needs, did not pass.',
    ],
    [
      'not verified where what they need is not among the pages',
      WITHOUT_FIRST,
      all,
      ['missing', 'missing', 'verified'],
      'course/sub/c.md: course/a.md, which it needs, is not among the pages.',
    ],
    [
      'outdated where nobody knows how it was',
      SOURCES,
      reportWith([{ ...first, digest: 'f'.repeat(64) }, ...chapters.slice(1)]),
      ['outdated', 'outdated', 'outdated', 'verified'],
      `course/b.md: ${OLD}`,
    ],
  ])('%s', (_name, sources, report, statuses, said) => {
    const recorded = recordCourse(courseOf(sources), report);
    expect(recorded.lessons.map(({ status }) => status)).toEqual(statuses);
    const unverified = listUnverified(recorded);
    if (said === '') expect(unverified).toEqual([]);
    else expect(unverified).toContain(said);
  });

  test('not said to have been reviewed', async () => {
    const highlighter = await openHighlighter('/nonexistent/cache.json', []);
    const reviewed = (sources: Sources): readonly boolean[] => {
      const recorded = recordCourse(courseOf(sources), all);
      const site = { name: 'Site', recorded, highlighter, style: '' };
      return recorded.lessons.map((lesson) => 'lastReviewed' in describeLesson(lesson, site));
    };
    expect(reviewed(SOURCES)).toEqual([true, true, true, true]);
    expect(reviewed(change('course/a.md', 'green', 'red'))).toEqual([false, false, false, true]);
  });
});
