/**
 * What will run, in which order, in which worlds. Built from chapters by `schedule`, executed by `execution/`.
 */
import type { Block, Chapter } from '../chapter/chapter.ts';
import type { Captures } from '../expectation/expectation.ts';

/** A block that will be looked at; `skip` says why it will not be executed. */
export interface Step {
  readonly block: Block;
  /** A time-out of the command line wins over the block's own. Milliseconds. */
  readonly timeoutMs: number;
  readonly skip?: string;
}

export interface PlannedChapter {
  readonly chapter: Chapter;
  /** False where it runs only because another chapter needs it. */
  readonly requested: boolean;
  readonly steps: readonly Step[];
  /** What is captured already, where the chapter does not start at its first block. */
  readonly captures?: Captures;
}

/**
 * Chapters that share a work folder and a world: a requested chapter after all that it needs, in order. Chains share
 * nothing and may run at the same time.
 */
export interface Chain {
  /** The id of its last chapter. */
  readonly id: string;
  readonly chapters: readonly PlannedChapter[];
  /** True if any chapter requires `cub` or `kubectl`; otherwise no world is opened. */
  readonly needsWorld: boolean;
}

export interface Plan {
  readonly chains: readonly Chain[];
}
