/**
 * Puts beside a block what a run recorded of it. Whatever the report does not show, that it ran, what it printed, that
 * each check held, is missing: a report that says `passed` and nothing more verifies nothing.
 */
import type { Block, ExpectBlock } from '../../runner/chapter/chapter.ts';
import { describeLack } from '../../runner/text/describe-lack.ts';
import { describeFailure } from '../../runner/report/failures.ts';
import type { ReportBlock } from '../../runner/report/report.ts';
import type { BlockRecording } from '../site.ts';
import { isCommand } from './is-command.ts';

/** `changed` is what has since the run; undefined if nothing has. */
export function recordBlock(
  block: Block,
  run: ReportBlock | undefined,
  changed: string | undefined,
): BlockRecording {
  if (block.kind === 'skip') return { block, status: 'skipped', reason: block.reason };
  if (run === undefined) return { block, status: 'missing', reason: 'no run of it was recorded' };
  if (run.command !== block.body) {
    return { block, status: 'missing', reason: 'the command was another one when the page was last run' };
  }
  if (run.status === 'skipped') return recordSkipped(block, run);
  const failure = findFailure(run);
  if (failure !== undefined) return { block, status: 'failed', run, reason: failure };
  if (changed !== undefined) {
    return { block, status: 'outdated', run, reason: `${changed} has changed since` };
  }
  const gap = findGap(block, run);
  if (gap !== undefined) return { block, status: 'missing', run, reason: gap };
  const left = run.skippedExpectations ?? [];
  if (left.length === 0) return { block, status: 'verified', run };
  const reason = [...new Set(left.map(({ reason }) => reason))].join('; ');
  return { block, status: 'partly', run, reason };
}

/** Only the chapter may say what is left out: a run that was asked for a part of it has verified that part. */
function recordSkipped(block: Block, run: ReportBlock): BlockRecording {
  const { reason = 'no reason is known' } = run;
  const isDeclared = block.kind === 'run' && isLack(block.only, reason);
  return isDeclared
    ? { block, status: 'skipped', run, reason }
    : { block, status: 'missing', run, reason: `it was left out of the run: ${reason}` };
}

function isLack(only: ExpectBlock['only'], reason: string): boolean {
  return only !== undefined && reason === describeLack(only);
}

function findFailure({ status, failure, expectations }: ReportBlock): string | undefined {
  if (status === 'failed') return describeFailure(failure);
  const verdict = expectations.map(({ verdict }) => verdict).find(({ kind }) => kind === 'differs');
  return verdict?.kind === 'differs' ? verdict.reason : undefined;
}

/** What the report should have of a block that passed, and has not. */
function findGap(block: Block, run: ReportBlock): string | undefined {
  if (isCommand(block) && run.output === undefined) return 'what it printed was not recorded';
  const unproven = block.kind === 'run' && block.expectations.find((expected) => !isAccounted(expected, run));
  return unproven ? `no verdict on line ${unproven.span.start.line} was recorded` : undefined;
}

/** Whether it held, or stands for a world that this one is not. */
function isAccounted({ id, only }: ExpectBlock, run: ReportBlock): boolean {
  if (run.expectations.some(({ block }) => block === id)) return true;
  return (run.skippedExpectations ?? []).some(({ block, reason }) => block === id && isLack(only, reason));
}
