/** What mtx-doc ends with: scripts and CI tell a wrong page from a broken world by it. */
import type { Outcome } from '../report/report.ts';

/** `usage` also stands for lint and chapter errors, and for a run in which nothing was checked. */
export const EXIT = { ok: 0, failed: 1, usage: 2, world: 3, interrupted: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const BY_OUTCOME: Readonly<Record<Outcome, ExitCode>> = {
  passed: EXIT.ok,
  failed: EXIT.failed,
  broken: EXIT.world,
  interrupted: EXIT.interrupted,
  empty: EXIT.usage,
};

/** The exit code of a finished run. */
export function exitCodeOf(outcome: Outcome): ExitCode {
  return BY_OUTCOME[outcome];
}
