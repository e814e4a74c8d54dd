/**
 * What came of changing outputs and expectations one at a time: how many changes were noticed, and which were not. Types
 * only; `render-mutants.ts` shows it.
 */
import type { BlockId, ChapterId } from '../chapter/chapter.ts';

/** A change that no expectation noticed, although one should have. */
export interface Survivor {
  readonly chapter: ChapterId;
  /** The run whose output or page was changed. */
  readonly block: BlockId;
  /** The line of the chapter to look at. */
  readonly line: number;
  /** Stable from run to run, as an allow list names it: "output: drop line 2". */
  readonly mutation: string;
  readonly detail?: string;
  /** What it means and what to do about it, in one sentence. */
  readonly hint: string;
  /** Why somebody says that it is right; absent where nobody does. */
  readonly reason?: string;
}

/** A run that could not be judged. */
export interface Unjudged {
  readonly block: BlockId;
  readonly line: number;
  readonly reason: string;
}

export interface MutatedChapter {
  readonly file: string;
  readonly expectations: number;
  readonly mutations: number;
  /** Noticed, here or by a later block. */
  readonly killed: number;
  /** Accepted, as the matcher promises: another age, another line where the page elides. */
  readonly allowed: number;
  readonly survivors: readonly Survivor[];
  readonly unjudged: readonly Unjudged[];
}

/** A survivor that somebody accepts, as a list names it. */
export interface AllowedMutation {
  readonly chapter: string;
  readonly block: string;
  readonly mutation: string;
  readonly reason: string;
}

export interface MutantReport {
  readonly version: 1;
  readonly tool: string;
  readonly chapters: readonly MutatedChapter[];
  /** Entries of the list that no survivor fits: what they allow is no longer so. */
  readonly stale: readonly AllowedMutation[];
}
