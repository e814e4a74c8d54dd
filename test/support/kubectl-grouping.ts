/**
 * Sessions as scenarios: one or several commands with one purpose. A purpose is a change or a mistake: what prepares it and
 * waits for it belongs to it, and so do the reads that show what came of it.
 */
import { expectedOutcome, type Session, type Step } from './kubectl-scenario.ts';

export interface Scenario {
  readonly session: Session;
  /** The command that it is about. */
  readonly title: string;
  readonly steps: readonly Step[];
}

const READS =
  /^kubectl(?: -n \S+)? (?:get|describe|logs|events|wait|explain|version|cluster-info|api-\w+|auth|rollout (?:status|history)) /;
/** Says nothing of a cluster by itself. */
const PREPARES = /^(?:settle |kubectl create ns \S+$|kubectl(?: -n \S+)? wait )/;

/** The session's scenarios, in order. Every step is in one. */
export function groupSteps(session: Session): readonly Scenario[] {
  const scenarios: Scenario[] = [];
  let steps: Step[] = [];
  let title: string | undefined;
  const finish = (): void => {
    if (steps.length > 0) scenarios.push({ session, title: title ?? steps[0]?.run ?? '', steps });
    [steps, title] = [[], undefined];
  };
  for (const step of session.steps) {
    const isRefused = expectedOutcome(step, '').exit !== 0;
    const prepares = PREPARES.test(step.run) && !isRefused;
    const reads = READS.test(step.run) && !isRefused;
    if (title !== undefined && !reads) finish();
    steps.push(step);
    if (!prepares) title ??= step.run;
  }
  finish();
  return scenarios;
}
