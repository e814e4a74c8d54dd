/**
 * Puts beside each block what a run recorded of it, and decides what may be called verified. The rule is content, not
 * time: the report carries for each chapter the hash of what it ran and expected.
 */
import type { Block, BlockId } from '../../runner/chapter/chapter.ts';
import { describeFailure } from '../../runner/report/failures.ts';
import type { Report, ReportBlock, ReportChapter } from '../../runner/report/report.ts';
import type {
  BlockRecording,
  BlockStatus,
  Course,
  Lesson,
  LessonRecording,
  RecordedCourse,
} from '../site.ts';

/** What a verified page may have. */
const GOOD: ReadonlySet<BlockStatus> = new Set(['verified', 'partly', 'skipped']);
const OLD = 'The page asks for something else since this was recorded.';

/** The course with what is known of each block. */
export function recordCourse(course: Course, report: Report | undefined): RecordedCourse {
  const lessons = course.lessons.map((lesson) => recordLesson(lesson, report));
  return { course, lessons, ...(report === undefined ? {} : { report }) };
}

function recordLesson(lesson: Lesson, report: Report | undefined): LessonRecording {
  const chapter = findChapter(lesson, report);
  const isOld = chapter !== undefined && chapter.digest !== lesson.digest;
  const runs = new Map(chapter?.blocks.map((run) => [run.id, run]));
  const blocks = new Map<BlockId, BlockRecording>(
    lesson.chapter.blocks.map((block) => [block.id, recordBlock(block, runs.get(block.id), isOld)]),
  );
  const world = report?.chains.find(({ id }) => id === chapter?.chain)?.world;
  const reasons = [
    ...(chapter === undefined ? ['No run of this page was recorded.'] : []),
    ...(isOld ? [OLD] : []),
    ...(chapter === undefined ? [] : listFaults(chapter, report)),
  ];
  return {
    lesson,
    status: decideStatus(chapter, reasons, blocks, isOld),
    reasons,
    ...(chapter === undefined ? {} : { chapter }),
    ...(world === undefined ? {} : { world }),
    blocks,
  };
}

/** Where it ran more than once, the execution that was asked for. */
function findChapter({ chapter }: Lesson, report: Report | undefined): ReportChapter | undefined {
  const all = report?.chapters.filter(({ id }) => id === chapter.id) ?? [];
  return all.find(({ requested }) => requested) ?? all[0];
}

function listFaults(chapter: ReportChapter, report: Report | undefined): readonly string[] {
  const chain = report?.chains.find(({ id }) => id === chapter.chain);
  return [
    ...(chapter.status === 'failed' ? ['A check failed in the recorded run.'] : []),
    ...(chapter.status === 'not-run' ? [`It was not run: ${chapter.reason ?? 'no reason is known'}.`] : []),
    ...(chapter.leftovers ?? []).map(({ what }) => `Its clean-up left something behind: ${what}`),
    ...(chain?.leaks ?? []).map((what) => `Its run left something behind: ${what}`),
    ...(report?.finished === false ? ['The recorded run did not come to its end.'] : []),
    ...(chain?.broken === undefined ? [] : [`The world broke: ${chain.broken}`]),
  ];
}

function decideStatus(
  chapter: ReportChapter | undefined,
  reasons: readonly string[],
  blocks: ReadonlyMap<BlockId, BlockRecording>,
  isOld: boolean,
): LessonRecording['status'] {
  if (chapter === undefined) return 'missing';
  const statuses = new Set([...blocks.values()].map(({ status }) => status));
  if (chapter.status !== 'passed' || statuses.has('failed')) return 'failed';
  if (isOld || statuses.has('outdated')) return 'outdated';
  if (statuses.has('missing')) return 'missing';
  return reasons.length === 0 ? 'verified' : 'failed';
}

function recordBlock(block: Block, run: ReportBlock | undefined, isOld: boolean): BlockRecording {
  if (block.kind === 'skip') return { block, status: 'skipped', reason: block.reason };
  if (run === undefined) return { block, status: 'missing', reason: 'no run of it was recorded' };
  if (run.command !== block.body) {
    return { block, status: 'missing', reason: 'the command was another one when the page was last run' };
  }
  if (run.status === 'skipped') {
    return { block, status: 'skipped', run, reason: run.reason ?? 'no reason is known' };
  }
  if (run.status === 'failed') return { block, status: 'failed', run, reason: describeFailure(run.failure) };
  if (isOld) return { block, status: 'outdated', run };
  const left = run.skippedExpectations ?? [];
  if (left.length === 0) return { block, status: 'verified', run };
  const reason = [...new Set(left.map(({ reason }) => reason))].join('; ');
  return { block, status: 'partly', run, reason };
}

/** Why the site may not be published as verified: `file:line: what`, one for each block or lesson. */
export function listUnverified({ lessons }: RecordedCourse): readonly string[] {
  return lessons.flatMap(({ lesson, status, reasons, blocks }) => {
    if (status === 'verified') return [];
    const bad = [...blocks.values()].filter(({ status }) => !GOOD.has(status));
    const lines = bad.map(
      ({ block, status, reason }) =>
        `${lesson.file}:${block.span.start.line}: ${block.id} is ${status}${reason === undefined ? '' : `: ${reason}`}`,
    );
    return [...reasons.map((reason) => `${lesson.file}: ${reason}`), ...lines];
  });
}
