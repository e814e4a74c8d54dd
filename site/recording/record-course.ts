/**
 * Puts beside each lesson what a run recorded of it, and decides what may be called verified. The rule is content, not
 * time: the report carries for each chapter the hash of what it ran and expected.
 */
import type { BlockId } from '../../runner/chapter/chapter.ts';
import type { Report, ReportBlock, ReportChapter } from '../../runner/report/report.ts';
import type {
  BlockRecording,
  BlockStatus,
  Course,
  Lesson,
  LessonRecording,
  RecordedCourse,
} from '../site.ts';
import { findChanges, findFaults, type Doubt } from './find-doubts.ts';
import { recordBlock } from './record-block.ts';

/** The worst first. */
const RANKS: readonly LessonRecording['status'][] = ['failed', 'outdated', 'missing', 'verified'];
const UNRECORDED: Doubt = { status: 'missing', reason: 'No run of this page was recorded.' };
const UNCHECKED: Doubt = { status: 'missing', reason: 'Nothing of it was checked.' };

/** The course with what is known of each block. */
export function recordCourse(course: Course, report: Report | undefined): RecordedCourse {
  if (report === undefined) return { course, lessons: course.lessons.map(recordNothing) };
  const lessons = course.lessons.map((lesson) => recordLesson(lesson, course, report));
  return { course, lessons, report };
}

/** Where it ran more than once, the worst of its executions; of equal ones that which was asked for. */
function recordLesson(lesson: Lesson, course: Course, report: Report): LessonRecording {
  const runs = report.chapters.filter(({ id }) => id === lesson.chapter.id);
  const recordings = runs
    .toSorted((a, b) => Number(b.requested) - Number(a.requested))
    .map((run) => recordExecution(lesson, run, course, report))
    .sort((a, b) => RANKS.indexOf(a.status) - RANKS.indexOf(b.status));
  return recordings[0] ?? recordNothing(lesson);
}

function recordNothing(lesson: Lesson): LessonRecording {
  return judge(lesson, [], undefined, [UNRECORDED]);
}

function recordExecution(
  lesson: Lesson,
  chapter: ReportChapter,
  course: Course,
  report: Report,
): LessonRecording {
  const world = report.chains.find(({ id }) => id === chapter.chain)?.world;
  const changes = findChanges(lesson, chapter, { course, report });
  const changed = changes.find((doubt) => doubt.changed !== undefined)?.changed;
  return {
    ...judge(lesson, chapter.blocks, changed, [...changes, ...findFaults(chapter, report)]),
    chapter,
    ...(world === undefined ? {} : { world }),
  };
}

/** `runs` are its blocks in the report, `changed` is what has since. */
function judge(
  lesson: Lesson,
  runs: readonly ReportBlock[],
  changed: string | undefined,
  known: readonly Doubt[],
): LessonRecording {
  const sorted = runs.toSorted((a, b) => Number(a.status === 'failed') - Number(b.status === 'failed'));
  const byId = new Map(sorted.map((run) => [run.id, run]));
  const blocks = new Map<BlockId, BlockRecording>(
    lesson.chapter.blocks.map((block) => [block.id, recordBlock(block, byId.get(block.id), changed)]),
  );
  const found = new Set<BlockStatus>([...blocks.values()].map(({ status }) => status));
  const isUnchecked = [...found].every((status) => status === 'skipped');
  const doubts = isUnchecked ? [...known, UNCHECKED] : known;
  const statuses = new Set<BlockStatus>([...found, ...doubts.map(({ status }) => status)]);
  return {
    lesson,
    status: RANKS.find((status) => statuses.has(status)) ?? 'verified',
    reasons: doubts.map(({ reason }) => reason),
    blocks,
  };
}
