/** What the command line says about a plan. Types only. */
import type { Capability, ChapterId } from '../chapter/chapter.ts';
import type { Problem } from '../text/text.ts';
import type { Plan } from './plan.ts';

export interface ScheduleOptions {
  /** The chapters that the user named; the others run only where these need them. */
  readonly requested: readonly ChapterId[];
  /** Of the runs, only the block with this id; set-up, files, background blocks and clean-ups stay. */
  readonly only?: string;
  /** Nothing after the block with this id but clean-ups. */
  readonly until?: string;
  /** Files that exist beside the chapters: what a mistyped need may have meant. */
  readonly nearby?: readonly ChapterId[];
  /** Each requested chapter alone, without what it needs. */
  readonly noNeeds?: boolean;
  /** Wins over every block's own time-out. */
  readonly timeoutMs?: number;
  /** What the world can do, where that is known before it is opened: `only=` is then decided in the plan. */
  readonly capabilities?: ReadonlySet<Capability>;
}

/** `plan` must not be executed while `problems` holds an error. */
export interface Schedule {
  readonly plan: Plan;
  readonly problems: readonly Problem[];
}
