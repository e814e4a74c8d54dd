/**
 * What the pages are made of: the course as it is written, and beside each block what a run recorded of it. Types only;
 * the verbs are `loadCourse`, `recordCourse` and `planSite`.
 */
import type { Block, BlockId, Chapter } from '../runner/chapter/chapter.ts';
import type { Report, ReportBlock, ReportChapter } from '../runner/report/report.ts';
import type { WorldInfo } from '../runner/world/world.ts';

/** A Markdown file of the course. */
export interface SourceFile {
  /** Relative to the current folder, with `/`. */
  readonly file: string;
  readonly source: string;
  /** The page's address, relative to the site's root, without `.html`: `01-hello-traderx`, `guides/security`. */
  readonly path: string;
}

/** A chapter of the course. */
export interface Lesson extends SourceFile {
  readonly chapter: Chapter;
  /** SHA-256 of what it runs and expects, to tell old recordings by. */
  readonly digest: string;
  /** Lessons are numbered by their file names; a guide has no number. */
  readonly number?: number;
  /** Without the number of the file. */
  readonly title: string;
  readonly minutesToRead: number;
}

/** Everything that was written; `overview` is the folder's README. */
export interface Course {
  readonly title: string;
  readonly overview?: SourceFile;
  /** The lessons in order, then the guides. */
  readonly lessons: readonly Lesson[];
}

/**
 * What is known of a block. `verified`: it ran as it stands here, and every check held. `outdated`: the same command ran,
 * but the chapter asks for something else since. `missing`: there is nothing that it printed, and `reason` says why.
 * `partly`: it ran, and the world could not meet one of its expectations.
 */
export type BlockStatus = 'verified' | 'partly' | 'skipped' | 'outdated' | 'failed' | 'missing';

export interface BlockRecording {
  readonly block: Block;
  readonly status: BlockStatus;
  /** Why it was skipped, failed or is missing. */
  readonly reason?: string;
  /** Absent where the report has none of this command. */
  readonly run?: ReportBlock;
}

export interface LessonRecording {
  readonly lesson: Lesson;
  /** `verified` in spite of blocks that are `skipped` or `partly`: the page names those. */
  readonly status: Exclude<BlockStatus, 'skipped' | 'partly'>;
  /** What is not as it should be, in one sentence each; empty if verified. */
  readonly reasons: readonly string[];
  readonly chapter?: ReportChapter;
  readonly world?: WorldInfo;
  readonly blocks: ReadonlyMap<BlockId, BlockRecording>;
}

/** The course with its recordings. */
export interface RecordedCourse {
  readonly course: Course;
  readonly report?: Report;
  readonly lessons: readonly LessonRecording[];
}

/** A file that the site will have; the dev server renders only what is asked for. */
export interface PlannedFile {
  /** Relative to the site's root. */
  readonly path: string;
  readonly render: () => string;
}
