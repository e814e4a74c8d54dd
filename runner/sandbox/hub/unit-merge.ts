/**
 * Merge of a range: what changed between two revisions of a unit, another one or the same, is done to a unit. So a fix goes
 * from one region to the next without all that differs between them.
 */
import type { Call, HubContext } from './context.ts';
import type { Unit } from './entities.ts';
import { requireEntity } from './entity.ts';
import { badRequest } from './errors.ts';
import { recordData } from './history.ts';
import { mergeData } from './merge/merge-data.ts';
import { resolveRevision } from './revision-lookup.ts';
import { decodeText, encodeText } from './text-codec.ts';

/** `source` is a unit's UUID or `Self`; `base` and `end` are revision expressions of that unit. */
export interface MergeRange {
  readonly source: string;
  readonly base: string;
  readonly end: string;
}

/** The query parameters that ask for a merge. */
export const MERGE_PARAMETERS: readonly string[] = ['merge_source', 'merge_base', 'merge_end'];

/** The range that a request asks for; undefined if it asks for none. Throws 400 for half a range. */
export function readMergeRange({ query }: Pick<Call, 'query'>): MergeRange | undefined {
  const [source = '', base = '', end = ''] = MERGE_PARAMETERS.map((name) => query.get(name) ?? '');
  if (source === '' && base === '' && end === '') return undefined;
  if (source === '' || base === '' || end === '')
    throw badRequest(`${MERGE_PARAMETERS.join(', ')} must be given together`);
  return { source, base, end };
}

/**
 * Merges the range into `unit`; its upstream revision stays. From elsewhere a change comes unless the place was written here,
 * and is local from then on; from the unit's own history it comes unless the place was changed since.
 */
export function mergeRange(
  hub: HubContext,
  call: Call,
  unit: Unit,
  range: MergeRange,
  description: string,
): Unit {
  const source = range.source === 'Self' ? unit : requireEntity(hub.tables.Unit, 'Unit', range.source);
  const base = resolveRevision(hub, source, range.base);
  const end = resolveRevision(hub, source, range.end);
  const own = source.UnitID === unit.UnitID;
  const merged = mergeData(text(base), text(end), text(unit), {
    sources: own ? [] : unit.MutationSources,
    differences: own,
  });
  return recordData(hub, call, unit, encodeText(merged), {
    source: 'Merge',
    description,
    ...(own ? { asIn: end } : {}),
  });
}

function text({ Data }: { readonly Data: string }): string {
  return decodeText(Data) ?? '';
}
