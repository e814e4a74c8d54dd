/**
 * The only way in which a unit's data changes: one step writes the data, its revision (who, when, why) and its mutation,
 * so that none of the three can be without the others.
 */
import type { Call, HubContext } from './context.ts';
import type { Mutation, Revision, Unit } from './entities.ts';
import { stampNew, touch } from './entity.ts';
import { badRequest } from './errors.ts';
import type { FunctionInvocation } from './functions/functions.ts';
import { diffData } from './merge/diff.ts';
import type { Conflict } from './merge/mutation.ts';
import { placeOf } from './merge/path.ts';
import { addMutations, findSource, isLocal, unlessLocal } from './merge/sources.ts';
import type { PredicateOf } from './merge/sources.ts';
import { decodeText, hashContent } from './text-codec.ts';
import { ZERO_TIME } from './time.ts';

/** Why the data changes: `source` is the operation's name, `description` the author's words. */
export interface Change {
  readonly source: string;
  readonly description: string;
  /** The hub's own words if there is no author. They describe the revision; the unit would carry them on to later ones. */
  readonly remark?: string;
  readonly restored?: Revision;
  /** A revision of the same unit from which changes are taken: their places are as local as they were there. */
  readonly asIn?: Revision;
  readonly upgradedFrom?: number;
  /** The functions that made the change, in order: each gets a mutation of its own. */
  readonly functions?: readonly FunctionInvocation[];
  /** What else the mutations record: the link with what it provides, or the trigger. */
  readonly cause?: Partial<
    Pick<Mutation, 'LinkID' | 'TriggerID' | 'InvocationID' | 'ProvidedResource' | 'ProvidedPath'>
  >;
  /** What of a merge did not come, because it was changed here: that alone is worth a revision, so that it can be seen. */
  readonly conflicts?: readonly Conflict[];
  /** A revision is made even if the data is the same. */
  readonly always?: boolean;
}

const NO_FUNCTION: FunctionInvocation = { FunctionName: '', Arguments: [] };

/** A description names no more places than this; the mutation has them all. */
const MOST_NAMED = 3;

/** The user of what the hub does by itself: nobody. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The key of a unit's n-th revision or mutation. */
export function numberedKey(unitId: string, number: number): string {
  return `${unitId}/${String(number).padStart(10, '0')}`;
}

/**
 * Stores `unit` with its first revision, or with the next one if `data` differs from what it has; then all that follows
 * from that. Throws 400 if the unit is in a changeset and the call is no part of it.
 */
export function recordData(
  hub: HubContext,
  call: Pick<Call, 'headers'> & Partial<Pick<Call, 'query'>>,
  unit: Unit,
  data: string,
  change: Change,
): Unit {
  const isNew = unit.HeadRevisionNum === 0;
  const isSilent = change.always !== true && !hasNewConflicts(hub, unit, change);
  if (!isNew && data === unit.Data && isSilent) return saveUnit(hub, unit);
  if (!isNew) requireChangeSet(hub, unit, call.query);
  return hub.reactions.changed(hub, call, writeData(hub, call, unit, data, change));
}

/** False also if the last mutation says the same: merging again adds nothing. */
function hasNewConflicts(hub: HubContext, unit: Unit, { conflicts = [] }: Change): boolean {
  if (conflicts.length === 0) return false;
  const last = hub.tables.Mutation.get(numberedKey(unit.UnitID, unit.HeadMutationNum))?.value;
  return JSON.stringify(last?.Conflicts) !== JSON.stringify(conflicts);
}

/** The same for what the hub does by itself: nothing follows, nobody is named, and changesets do not matter. */
export function recordReaction(
  hub: HubContext,
  call: Pick<Call, 'headers'>,
  unit: Unit,
  data: string,
  change: Change,
): Unit {
  if (data === unit.Data) return unit;
  return writeData({ ...hub, userId: NOBODY }, call, unit, data, change);
}

/** Units in a changeset change only as part of it, or by the call that takes them out. */
function requireChangeSet(hub: HubContext, unit: Unit, query: URLSearchParams | undefined): void {
  const stored = hub.tables.Unit.get(unit.UnitID)?.value.ChangeSetID ?? null;
  if (query === undefined || stored === null || unit.ChangeSetID !== stored) return;
  if (query.get('change_set_id') === stored) return;
  const slug = hub.tables.ChangeSet.get(stored)?.value.Slug ?? stored;
  throw badRequest(
    `unit ${unit.Slug} is in the open changeset ${slug}: change it as part of that, with --changeset ${slug}`,
  );
}

function writeData(
  hub: HubContext,
  call: Pick<Call, 'headers'>,
  unit: Unit,
  data: string,
  change: Change,
): Unit {
  const isNew = unit.HeadRevisionNum === 0;
  const text = decodeText(data) ?? '';
  const functions = change.functions ?? [NO_FUNCTION];
  const number = unit.HeadMutationNum + functions.length;
  const next: Unit = {
    ...(isNew ? unit : touch(hub, unit)),
    Data: data,
    ContentHash: hashContent(text),
    HeadRevisionNum: unit.HeadRevisionNum + 1,
    HeadMutationNum: number,
    MutationSources: addMutations(
      unit.MutationSources,
      diffData(isNew ? '' : (decodeText(unit.Data) ?? ''), text, number),
      isNew ? () => true : predicateOf(change, unit),
    ),
    LastChangeDescription: change.description,
    ApprovedBy: [],
  };
  const revision = newRevision(hub, call, next, change);
  hub.tables.Revision.put(numberedKey(next.UnitID, next.HeadRevisionNum), revision);
  for (const [index, invocation] of functions.entries()) {
    const mutation = newMutation(hub, revision, change, unit.HeadMutationNum + 1 + index, invocation);
    hub.tables.Mutation.put(numberedKey(next.UnitID, mutation.MutationNum), mutation);
  }
  hub.tables.Unit.put(next.UnitID, next);
  return next;
}

/** What comes from upstream is no local change; what a restore brings back is what it was then; all other changes are local. */
function predicateOf({ restored, asIn = restored, upgradedFrom }: Change, before: Unit): PredicateOf {
  if (upgradedFrom !== undefined) return unlessLocal(before.MutationSources);
  if (asIn === undefined) return () => false;
  return (resource, path) => !isLocal(findSource(asIn.MutationSources, resource), placeOf(path));
}

/** Stores a change that is none of the data. */
export function saveUnit(hub: HubContext, unit: Unit): Unit {
  const next = touch(hub, unit);
  hub.tables.Unit.put(next.UnitID, next);
  return next;
}

function newRevision(hub: HubContext, call: Pick<Call, 'headers'>, unit: Unit, change: Change): Revision {
  return {
    ...stampNew(hub, 'Revision'),
    RevisionID: hub.ids.uuid(),
    RevisionNum: unit.HeadRevisionNum,
    UnitID: unit.UnitID,
    SpaceID: unit.SpaceID,
    Data: unit.Data,
    Description: describe(change),
    Source: change.source,
    LiveAt: ZERO_TIME,
    UserID: hub.userId,
    UserAgent: call.headers['user-agent'] ?? '',
    ApplyGates: unit.ApplyGates,
    ApprovedBy: [],
    MutationSources: unit.MutationSources,
    ContentHash: unit.ContentHash,
    Tags: {},
    Conflicts: change.conflicts ?? [],
  };
}

/** The author's words; without any, what a merge left as it was here, or the hub's remark. */
function describe({ description, remark = '', conflicts = [] }: Change): string {
  if (description !== '') return description;
  if (conflicts.length === 0) return remark;
  const places = conflicts.map(({ Resource, Path }) => `${Resource.ResourceNameWithoutScope} ${Path}`.trim());
  const more = places.length > MOST_NAMED ? `, and ${places.length - MOST_NAMED} more` : '';
  return `kept local changes: ${places.slice(0, MOST_NAMED).join(', ')}${more}`;
}

function newMutation(
  hub: HubContext,
  revision: Revision,
  change: Change,
  number: number,
  invocation: FunctionInvocation,
): Mutation {
  return {
    ...stampNew(hub, 'Mutation'),
    MutationID: hub.ids.uuid(),
    MutationNum: number,
    RevisionID: revision.RevisionID,
    RevisionNum: revision.RevisionNum,
    UnitID: revision.UnitID,
    SpaceID: revision.SpaceID,
    FunctionInvocation: invocation,
    ProvidedResource: {
      ResourceName: '',
      ResourceNameWithoutScope: '',
      ResourceType: '',
      ResourceCategory: '',
    },
    ProvidedPath: '',
    LinkID: null,
    TriggerID: null,
    InvocationID: null,
    ...change.cause,
    Conflicts: change.conflicts ?? [],
    RestoredRevisionNum: change.restored?.RevisionNum ?? 0,
    UpgradedFromUpstreamRevisionNum: change.upgradedFrom ?? 0,
  };
}
