/** One thing that must be right before chapters run. Types only. */

export interface Check {
  readonly name: string;
  /** A warning lets chapters run, though some may fail. */
  readonly status: 'ok' | 'warning' | 'failed';
  /** What was found, in a few words. */
  readonly detail: string;
  /** What to do, in one line; there for all that is not ok. */
  readonly remedy?: string;
}
