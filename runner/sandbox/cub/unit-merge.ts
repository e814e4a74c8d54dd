/** `unit update --merge-source --merge-base --merge-end`: another unit's change, from one revision to another. */
import type { Invocation } from './cub.ts';
import { Failure } from './failure.ts';
import { unitKind } from './kind/unit.ts';
import { findId, revisionReference } from './reference.ts';

const FLAGS = ['merge-source', 'merge-base', 'merge-end'];

/** True if a merge is asked for. Throws Failure unless all of it is said, and nothing that contradicts it. */
export function checkMerge(call: Invocation): boolean {
  const given = FLAGS.filter((flag) => call.flags.text(flag) !== '');
  if (given.length === 0 && call.flags.text('where-mutation') !== '')
    throw new Failure('--where-mutation requires --merge-source, --merge-base, and --merge-end');
  if (given.length === 0) return false;
  if (given.length < FLAGS.length)
    throw new Failure('--merge-source, --merge-base, and --merge-end must be specified together');
  if (call.flags.text('restore') !== '' || call.flags.on('upgrade') || call.args.length > 1)
    throw new Failure('only one of --restore, --upgrade, --merge-source, or config-file should be specified');
  if (!call.flags.on('patch')) throw new Failure('--merge-source requires --patch');
  return true;
}

/** The query parameters of the merge. */
export async function mergeQuery(call: Invocation): Promise<Readonly<Record<string, string>>> {
  const source = call.flags.text('merge-source');
  if (source === '') return {};
  return {
    merge_source: source === 'Self' ? source : await findId(call, unitKind, source),
    merge_base: await revisionReference(call, call.flags.text('merge-base')),
    merge_end: await revisionReference(call, call.flags.text('merge-end')),
    where_mutation: call.flags.text('where-mutation'),
  };
}
