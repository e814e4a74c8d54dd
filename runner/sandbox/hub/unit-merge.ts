/**
 * Merge of a range: what changed between two revisions of a unit, another one or the same, is done to a unit. So a fix goes
 * from one region to the next without all that differs between them.
 */
import type { Call, HubContext } from './context.ts';
import type { Revision, Unit } from './entities.ts';
import { requireEntity } from './entity.ts';
import { badRequest } from './errors.ts';
import { recordData } from './history.ts';
import { mergeData } from './merge/merge-data.ts';
import type { Conflict } from './merge/mutation.ts';
import { checkReference, resolveRevision } from './revision-lookup.ts';
import { selectEntities } from './select.ts';
import { decodeText, encodeText } from './text-codec.ts';

/** `source` is a unit's UUID or `Self`; `base` and `end` are revision expressions of that unit. */
export interface MergeRange {
  readonly source: string;
  readonly base: string;
  readonly end: string;
  /** Which of the source's mutations to take; all if undefined. */
  readonly mutations: Readonly<Record<'where' | 'filter', string>> | undefined;
}

const RANGE = ['merge_source', 'merge_base', 'merge_end'];
const SELECTION = ['where_mutation', 'filter_mutation'];

/** Refuses what asks for a merge where there is none to be had. */
export function refuseMerge({ query }: Pick<Call, 'query'>): void {
  const asked = [...RANGE, ...SELECTION].find((name) => (query.get(name) ?? '') !== '');
  if (asked !== undefined) throw badRequest(`${asked} is for updates of units`);
}

/** The range that a request asks for; undefined if it asks for none. Throws 400 for half a range. */
export function readMergeRange(query: URLSearchParams): MergeRange | undefined {
  const [source = '', base = '', end = ''] = RANGE.map((name) => query.get(name) ?? '');
  const [where = '', filter = ''] = SELECTION.map((name) => query.get(name) ?? '');
  if (`${source}${base}${end}${where}${filter}` === '') return undefined;
  if (source === '' || base === '' || end === '')
    throw badRequest(`${RANGE.join(', ')} must be given together`);
  return { source, base, end, mutations: where === '' && filter === '' ? undefined : { where, filter } };
}

/** Throws 400 or 404 for a range that no unit can take. */
export function checkMergeRange(hub: HubContext, query: URLSearchParams): void {
  const range = readMergeRange(query);
  if (range === undefined) return;
  const { source, base, end, mutations } = range;
  for (const reference of [base, end]) checkReference(hub, reference);
  if (source !== 'Self') {
    const unit = requireEntity(hub.tables.Unit, 'Unit', source);
    for (const reference of [base, end]) resolveRevision(hub, unit, reference);
  }
  // Selects nothing, but reads the expression and the filter.
  if (mutations !== undefined)
    selectEntities(hub, 'Mutation', new URLSearchParams(mutations), { prefix: '/' });
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
  const rule = { sources: own ? [] : unit.MutationSources, differences: own };
  let data = text(unit);
  const conflicts: Conflict[] = [];
  for (const [from, to] of stepsOf(hub, source, [base, end], range)) {
    const merged = mergeData(text(from), text(to), data, rule);
    ({ data } = merged);
    conflicts.push(...merged.conflicts);
  }
  return recordData(hub, call, unit, encodeText(data), {
    source: 'Merge',
    description,
    conflicts,
    ...(own ? { asIn: end } : {}),
  });
}

type Step = readonly [from: Revision, to: Revision];

/** The whole range at once, or the revisions within it of which some mutation is selected, one by one in its direction. */
function stepsOf(hub: HubContext, source: Unit, whole: Step, { mutations }: MergeRange): readonly Step[] {
  if (mutations === undefined) return [whole];
  const prefix = `${source.UnitID}/`;
  const selected = selectEntities(hub, 'Mutation', new URLSearchParams(mutations), { prefix });
  const numbers = new Set(selected.map(({ RevisionNum }) => RevisionNum));
  const [from, to] = whole.map(({ RevisionNum }) => RevisionNum) as [number, number];
  const revision = (number: number): Revision => resolveRevision(hub, source, String(number));
  const steps = Array.from({ length: Math.abs(to - from) }, (_, index) => Math.min(from, to) + index + 1)
    .filter((number) => numbers.has(number))
    .map((number): Step => [revision(number - 1), revision(number)]);
  return from <= to ? steps : steps.toReversed().map(([before, after]): Step => [after, before]);
}

function text({ Data }: { readonly Data: string }): string {
  return decodeText(Data) ?? '';
}
