/**
 * Why a lesson that ran may still not be called verified: it, or a chapter that it builds on, is another one since, its
 * run went wrong, or the report does not say enough of it.
 */
import { posix } from 'node:path';
import type { Report, ReportChapter } from '../../runner/report/report.ts';
import type { Course, Lesson, LessonRecording } from '../site.ts';

/** A reason, and what the page is because of it. */
export interface Doubt {
  readonly status: Exclude<LessonRecording['status'], 'verified'>;
  readonly reason: string;
  /** What has changed since, if that is the reason. */
  readonly changed?: string;
}

const OWN_CHANGE: Doubt = {
  status: 'outdated',
  reason: 'The page asks for something else since this was recorded.',
  changed: 'the page',
};
const missing = (reason: string): Doubt => ({ status: 'missing', reason });
const failed = (reason: string): Doubt => ({ status: 'failed', reason });

/** What has changed since one of its executions was recorded: the lesson itself first. */
export function findChanges(
  lesson: Lesson,
  chapter: ReportChapter,
  { course, report }: { readonly course: Course; readonly report: Report },
): readonly Doubt[] {
  const own = chapter.digest === lesson.digest ? [] : [OWN_CHANGE];
  const inChain = report.chapters.filter(({ chain }) => chain === chapter.chain);
  return [...own, ...listNeeds(lesson, course).flatMap((id) => findChange(id, course, inChain))];
}

function findChange(id: string, course: Course, inChain: readonly ReportChapter[]): readonly Doubt[] {
  const lesson = course.lessons.find(({ chapter }) => chapter.id === id);
  const runs = inChain.filter((run) => run.id === id);
  if (lesson === undefined) return [missing(`${id}, which it needs, is not among the pages.`)];
  if (runs.length === 0) return [missing(`${id}, which it needs, did not run before it.`)];
  if (runs.some(({ status }) => status !== 'passed')) return [failed(`${id}, which it needs, did not pass.`)];
  if (runs.every(({ digest }) => digest === lesson.digest)) return [];
  const changed = `${id}, which it needs,`;
  return [{ status: 'outdated', reason: `${changed} has changed since this was recorded.`, changed }];
}

/** The ids of all that it needs, directly or not. */
function listNeeds({ chapter }: Lesson, { lessons }: Course): readonly string[] {
  const found = new Set<string>([chapter.id]);
  for (const id of found) {
    const needs = lessons.find((lesson) => lesson.chapter.id === id)?.chapter.meta.needs ?? [];
    for (const need of needs) found.add(posix.join(posix.dirname(id), need));
  }
  return [...found].slice(1);
}

/** What went wrong in its run, or is not known of it. */
export function findFaults(chapter: ReportChapter, report: Report): readonly Doubt[] {
  const chain = report.chains.find(({ id }) => id === chapter.chain);
  return [
    ...(chapter.status === 'failed' ? [failed('A check failed in the recorded run.')] : []),
    ...(chapter.status === 'not-run'
      ? [failed(`It was not run: ${chapter.reason ?? 'no reason is known'}.`)]
      : []),
    ...(chapter.leftovers ?? []).map(({ what }) => failed(`Its clean-up left something behind: ${what}`)),
    ...(chain?.leaks ?? []).map((what) => failed(`Its run left something behind: ${what}`)),
    ...(report.finished ? [] : [failed('The recorded run did not come to its end.')]),
    ...(chain?.broken === undefined ? [] : [failed(`The world broke: ${chain.broken}`)]),
    ...(chain?.world === undefined ? [missing('The report does not say in which world it ran.')] : []),
    ...(isUnexplained(report) ? [doubtOutcome(report)] : []),
  ];
}

function doubtOutcome({ outcome }: Report): Doubt {
  const reason = `The report calls the whole run \`${outcome}\`.`;
  return outcome === 'empty' ? missing(reason) : failed(reason);
}

/** Where a lesson failed, that one tells why the run did; where none did, each may have. */
function isUnexplained({ finished, outcome, chapters, chains }: Report): boolean {
  if (!finished || outcome === 'passed') return false;
  return (
    chapters.every(({ status, leftovers = [] }) => status === 'passed' && leftovers.length === 0) &&
    chains.every(({ leaks, broken }) => leaks.length === 0 && broken === undefined)
  );
}
