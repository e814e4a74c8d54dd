/**
 * All that the site, CI and the terminal know of a run. Plain JSON: what is written by `--report` is this value and
 * nothing else, so it is versioned, and `report.schema.json` describes it. Types only; the verb is `summarise`.
 */
import type { BlockId, Chapter, ChapterId, StreamName } from '../chapter/chapter.ts';
import type { BlockResult, Failure, Leftover, SkippedExpectation } from '../execution/execution.ts';
import type { LineRange, VaryingPart } from '../expectation/expectation.ts';
import type { Plan } from '../plan/plan.ts';
import type { DiffRow } from '../text/text.ts';
import type { WorldInfo } from '../world/world.ts';

/** What a report cannot learn from events. `file` paths in a report are those of the plan's chapters. */
export interface ReportContext {
  /** The version of mtx-doc. */
  readonly tool: string;
  /** The commit that the chapters are from; absent outside a repository. */
  readonly commit?: string;
  /** A hash of what a chapter runs and expects, to tell old recordings by. */
  readonly digest?: (chapter: Chapter) => string;
  readonly plan: Plan;
}

/** What a block printed in its last try, masked, each text at most 16 KiB. */
export interface ReportOutput {
  readonly stdout: string;
  readonly stderr: string;
  /** Both in the order of arrival; absent where they were captured apart. Where it is there, the two are empty. */
  readonly both?: string;
  /** The texts that were coloured, whole and with their colour sequences; absent if there is none. */
  readonly coloured?: Readonly<Partial<Record<StreamName, string>>>;
  /** Bytes missing from the texts, by the executor's bound and by the report's. */
  readonly omittedBytes: number;
}

/** One expectation's verdict after the last try. */
export type ReportVerdict =
  | {
      readonly kind: 'held';
      readonly varying: readonly VaryingPart[];
      readonly passedOver?: readonly LineRange[];
    }
  | { readonly kind: 'differs'; readonly reason: string; readonly diff: readonly DiffRow[] };

export interface ReportExpectation {
  readonly block: BlockId;
  readonly line: number;
  readonly stream: StreamName;
  readonly verdict: ReportVerdict;
}

export interface ReportBlock {
  readonly id: BlockId;
  readonly kind: BlockResult['kind'];
  readonly line: number;
  readonly headings: readonly string[];
  readonly command: string;
  readonly status: BlockResult['status'];
  /** Why it was skipped. */
  readonly reason?: string;
  readonly failure?: Failure;
  readonly exit?: number;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly tries: number;
  readonly waitedMs: number;
  readonly output?: ReportOutput;
  /** For a polled block that failed: whether its last two tries printed the same. */
  readonly settled?: boolean;
  readonly expectations: readonly ReportExpectation[];
  /** Those that its world cannot meet; absent if there is none. */
  readonly skippedExpectations?: readonly SkippedExpectation[];
}

/** The output of a `collect` command of a chapter that failed. */
export interface Collected {
  readonly command: string;
  readonly output: string;
}

/** One execution of a chapter. A chapter that two chains need is there twice. */
export interface ReportChapter {
  readonly chain: string;
  readonly id: ChapterId;
  readonly file: string;
  readonly title: string;
  /** SHA-256 of what it ran and expected (`describeWork`). */
  readonly digest?: string;
  /** False where it ran only because another chapter needs it. */
  readonly requested: boolean;
  readonly status: 'passed' | 'failed' | 'not-run';
  /** Why it was not run. */
  readonly reason?: string;
  /** What its clean-up did not put back; absent if it did. */
  readonly leftovers?: readonly Leftover[];
  readonly startedAt?: string;
  readonly durationMs: number;
  readonly blocks: readonly ReportBlock[];
  readonly collected: readonly Collected[];
}

/** Chapters that shared a world. */
export interface ReportChain {
  readonly id: string;
  /** Absent where no world was opened. */
  readonly world?: WorldInfo;
  readonly leaks: readonly string[];
  /** How the world broke. */
  readonly broken?: string;
}

/** Why blocks, or single expectations of blocks that ran, were skipped, and how many for each reason. */
export interface SkipReason {
  readonly reason: string;
  readonly blocks: number;
  /** Absent if there is none. */
  readonly expectations?: number;
}

/**
 * `blocks` = `passed` + the failed and the skipped blocks. `failed` counts also what fails without a block: leaks and a
 * broken world, once per chain, so that it is 0 only when all is well. `skipped` counts also each expectation that was left
 * out of a block that ran, so that it is 0 only when all was checked.
 */
export interface Totals {
  readonly chapters: number;
  readonly chaptersFailed: number;
  readonly chaptersNotRun: number;
  readonly blocks: number;
  readonly expectations: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly skips: readonly SkipReason[];
}

/** In order of precedence: `interrupted`, `broken` (a world), `failed` (a check, a leak), `empty` (nothing ran), `passed`. */
export type Outcome = 'passed' | 'failed' | 'broken' | 'interrupted' | 'empty';

export interface Report {
  readonly version: 1;
  readonly tool: string;
  readonly commit?: string;
  /** When the run started, ISO 8601. */
  readonly date: string;
  readonly durationMs: number;
  /** False while the run goes on, or where it ended without saying so. */
  readonly finished: boolean;
  readonly outcome: Outcome;
  readonly totals: Totals;
  readonly chains: readonly ReportChain[];
  readonly chapters: readonly ReportChapter[];
}
