/**
 * The two phases of a lesson, told by its commands and not by tags, so that neither can lie: structure ends where the first
 * block may change the cluster; that block and all after it are the deploy phase.
 */
import type { Block, Chapter } from '../chapter/chapter.ts';
import { findClusterChange } from '../lint/cluster-change.ts';

export interface Phases {
  /** Without clean-ups. */
  readonly structure: readonly Block[];
  readonly deploy: readonly Block[];
  readonly cleanups: readonly Block[];
}

/** Splits a chapter's blocks. A block that only some worlds run counts like any other. */
export function splitPhases({ blocks }: Chapter): Phases {
  const steps = blocks.filter(({ kind }) => kind !== 'cleanup');
  const found = steps.findIndex(mayChangeCluster);
  const first = found < 0 ? steps.length : found;
  return {
    structure: steps.slice(0, first),
    deploy: steps.slice(first),
    cleanups: blocks.filter(({ kind }) => kind === 'cleanup').toReversed(),
  };
}

function mayChangeCluster({ kind, body }: Block): boolean {
  const isExecuted = kind === 'run' || kind === 'setup' || kind === 'background';
  return isExecuted && findClusterChange(body) !== undefined;
}
