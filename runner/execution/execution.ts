/**
 * What happens while a plan is executed, as a stream of events. Reports and the live terminal read nothing else.
 * Every text in an event is already masked and bounded; paths are rewritten to `$WORK` and `$HOME`.
 */
import type { BlockId, ChapterId, StreamName } from '../chapter/chapter.ts';
import type { Verdict } from '../expectation/expectation.ts';
import type { WorldInfo } from '../world/world.ts';

/**
 * What one execution of a block's commands gave. Each text is head and tail of at most 256 KiB. Where the streams were
 * captured apart, nobody knows which text came when.
 */
export interface Output {
  readonly stdout: string;
  readonly stderr: string;
  /** Both in the order of arrival; absent where they were captured apart. Where it is there, the two are empty. */
  readonly both?: string;
  /** Bytes that were left out of the texts above. */
  readonly omittedBytes: number;
  /** The texts that were coloured, with their colour sequences; absent if none was. Without those each is the text above. */
  readonly coloured?: Readonly<Partial<Record<StreamName, string>>>;
  /** The streams that are not whole; absent if all are. */
  readonly cut?: Readonly<Partial<Record<StreamName, Cut>>>;
}

/** The size of a stream, and how much of its middle was left out. */
export interface Cut {
  readonly bytes: number;
  readonly omittedBytes: number;
}

/** One expectation of a block after the last try. `block` is the expect fence's own id. */
export interface ExpectationResult {
  readonly block: BlockId;
  /** The line of the expect fence in the chapter. */
  readonly line: number;
  readonly stream: StreamName;
  readonly verdict: Verdict;
}

/** Why a block failed. `line` is a line of the chapter file. */
export type Failure =
  | {
      readonly kind: 'exit';
      readonly line: number;
      readonly command: string;
      readonly status: number;
      readonly expected: number;
    }
  | { readonly kind: 'differs'; readonly line: number; readonly reason: string }
  | { readonly kind: 'timeout'; readonly line: number; readonly afterMs: number }
  | { readonly kind: 'shell-ended'; readonly line: number; readonly status: number | string }
  | { readonly kind: 'not-ready'; readonly line: number; readonly reason: string }
  /** A background block that was ready ended by itself, with this status, before its chapter did. */
  | { readonly kind: 'job-ended'; readonly line: number; readonly status: number }
  | { readonly kind: 'file'; readonly line: number; readonly reason: string }
  | { readonly kind: 'interrupted'; readonly line: number };

export interface BlockResult {
  readonly block: BlockId;
  readonly kind: 'run' | 'setup' | 'cleanup' | 'background' | 'file' | 'excerpt' | 'skip';
  /** The fence's first line in the chapter. */
  readonly line: number;
  readonly headings: readonly string[];
  readonly command: string;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** For `skipped`. */
  readonly reason?: string;
  readonly failure?: Failure;
  /** Exit status of the last try; absent if nothing ended. */
  readonly exit?: number;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly tries: number;
  /** Time spent between the first try's end and the last try's start. */
  readonly waitedMs: number;
  readonly output?: Output;
  /** For a polled block that failed: whether its last two tries printed the same, but for ages, times and the like. */
  readonly settled?: boolean;
  readonly expectations: readonly ExpectationResult[];
  /** Expectations that this world cannot meet, with the reason; absent if there is none. */
  readonly skippedExpectations?: readonly SkippedExpectation[];
}

/** An expectation that was not compared. */
export interface SkippedExpectation {
  readonly block: BlockId;
  readonly line: number;
  readonly reason: string;
}

/** One difference between the world at its start and after the last clean-up, told of the chapter that made it. */
export interface Leftover {
  /** "left behind: namespace demo". */
  readonly what: string;
  /** The line of the chapter's clean-up; absent where it has none. */
  readonly line?: number;
}

export type ExecutionEvent =
  | { readonly kind: 'run-started'; readonly at: string; readonly chapters: number; readonly blocks: number }
  | { readonly kind: 'chain-started'; readonly chain: string; readonly world: WorldInfo }
  | {
      readonly kind: 'chapter-started';
      readonly chain: string;
      readonly chapter: ChapterId;
      readonly at: string;
    }
  | {
      readonly kind: 'block-started';
      readonly chain: string;
      readonly chapter: ChapterId;
      readonly block: BlockId;
      readonly at: string;
    }
  | {
      readonly kind: 'block-retried';
      readonly chain: string;
      readonly chapter: ChapterId;
      readonly block: BlockId;
      readonly tries: number;
    }
  /** A background block that failed after it was ready finishes once more: the later result counts. */
  | {
      readonly kind: 'block-finished';
      readonly chain: string;
      readonly chapter: ChapterId;
      readonly result: BlockResult;
    }
  | {
      readonly kind: 'collected';
      readonly chain: string;
      readonly chapter: ChapterId;
      readonly command: string;
      readonly output: string;
    }
  | {
      readonly kind: 'chapter-finished';
      readonly chain: string;
      readonly chapter: ChapterId;
      readonly status: 'passed' | 'failed' | 'not-run';
      /** For `not-run`: "needs 01-hello-traderx.md, which failed at line 40". */
      readonly reason?: string;
      /** How the world differs from its start after the last clean-up; any makes the chapter fail. Absent: it does not. */
      readonly leftovers?: readonly Leftover[];
      readonly durationMs: number;
    }
  | {
      readonly kind: 'chain-finished';
      readonly chain: string;
      /** What the chain left behind on this machine: processes, files outside the work folder. Any makes the run fail. */
      readonly leaks: readonly string[];
      /** The world broke (exit code 3). */
      readonly broken?: string;
      /** The folder with the chain's work, home and block files, where `keep` left it. */
      readonly kept?: string;
    }
  | { readonly kind: 'run-finished'; readonly at: string; readonly interrupted: boolean };
