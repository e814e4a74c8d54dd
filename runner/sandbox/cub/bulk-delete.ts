/** Deleting or approving several entities with one request, and the block that reports it. */
import type { Invocation } from './cub.ts';
import { entitiesOf, hasPart } from './entity.ts';
import { Failure } from './failure.ts';

export interface BulkDeletion {
  readonly path: string;
  /** Such as `unit`. */
  readonly word: string;
  readonly include: string;
  readonly where: string;
}

export async function deleteSeveral(call: Invocation, deletion: BulkDeletion): Promise<void> {
  const { path, include, where } = deletion;
  const { status, value } = await call.hub.ask({ method: 'DELETE', path, query: { include, where } });
  reportBlock(call, { verb: 'delete', word: deletion.word, where, status, value });
}

export interface BulkReport {
  readonly verb: 'delete' | 'approve' | 'tag';
  readonly word: string;
  readonly where: string;
  readonly status: number;
  readonly value: unknown;
}

/** Prints how many succeeded; throws Failure if any did not. */
export function reportBlock(call: Invocation, report: BulkReport): void {
  const results = entitiesOf(report.value);
  const failed = results.filter((result) => hasPart(result, 'Error')).length;
  const done = results.length - failed;
  const lines = ['', `Bulk ${report.verb} operation completed:`, `  Success: ${done} ${report.word}(s)`];
  if (failed > 0) lines.push(`  Failed: ${failed} ${report.word}(s)`);
  if (report.where !== '') lines.push(`  Context: ${report.where}`);
  call.around.out(lines.map((line) => `${line}\n`).join(''));
  if (report.status === 207 || failed > 0)
    throw new Failure(`bulk ${report.verb} partially failed: ${done} succeeded, ${failed} failed`);
}
