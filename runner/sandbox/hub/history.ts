/**
 * The only way in which a unit's data changes: one step writes the data, its revision (who, when, why) and its mutation,
 * so that none of the three can be without the others.
 */
import type { Call, HubContext } from './context.ts';
import type { Mutation, Revision, Unit } from './entities.ts';
import { stampNew, touch } from './entity.ts';
import { diffData } from './merge/diff.ts';
import { addMutations, findSource, isLocal } from './merge/sources.ts';
import type { PredicateOf } from './merge/sources.ts';
import { decodeText, hashContent } from './text-codec.ts';
import { ZERO_TIME } from './time.ts';

/** Why the data changes: `source` is the operation's name, `description` the author's words. */
export interface Change {
  readonly source: string;
  readonly description: string;
  readonly restored?: Revision;
  /** A revision of the same unit from which changes are taken: their places are as local as they were there. */
  readonly asIn?: Revision;
  readonly upgradedFrom?: number;
}

/** The key of a unit's n-th revision or mutation. */
export function numberedKey(unitId: string, number: number): string {
  return `${unitId}/${String(number).padStart(10, '0')}`;
}

/** Stores `unit` with its first revision, or with the next one if `data` differs from what it has. */
export function recordData(
  hub: HubContext,
  call: Pick<Call, 'headers'>,
  unit: Unit,
  data: string,
  change: Change,
): Unit {
  const isNew = unit.HeadRevisionNum === 0;
  if (!isNew && data === unit.Data) return saveUnit(hub, unit);
  const text = decodeText(data) ?? '';
  const number = unit.HeadMutationNum + 1;
  const next: Unit = {
    ...(isNew ? unit : touch(hub, unit)),
    Data: data,
    ContentHash: hashContent(text),
    HeadRevisionNum: unit.HeadRevisionNum + 1,
    HeadMutationNum: number,
    MutationSources: addMutations(
      unit.MutationSources,
      diffData(isNew ? '' : (decodeText(unit.Data) ?? ''), text, number),
      isNew ? () => true : predicateOf(change),
    ),
    LastChangeDescription: change.description,
    ApprovedBy: [],
  };
  const revision = newRevision(hub, call, next, change);
  const mutation = newMutation(hub, next, revision, change);
  hub.tables.Revision.put(numberedKey(next.UnitID, next.HeadRevisionNum), revision);
  hub.tables.Mutation.put(numberedKey(next.UnitID, next.HeadMutationNum), mutation);
  hub.tables.Unit.put(next.UnitID, next);
  return next;
}

/**
 * What comes from upstream may be overwritten from there again; what a restore brings back is what it was then; every other
 * change is local.
 */
function predicateOf({ restored, asIn = restored, upgradedFrom }: Change): PredicateOf {
  if (upgradedFrom !== undefined) return () => true;
  if (asIn === undefined) return () => false;
  return (resource, path) => !isLocal(findSource(asIn.MutationSources, resource), path);
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
    Description: change.description,
    Source: change.source,
    LiveAt: ZERO_TIME,
    UserID: hub.userId,
    UserAgent: call.headers['user-agent'] ?? '',
    ApplyGates: unit.ApplyGates,
    ApprovedBy: [],
    MutationSources: unit.MutationSources,
    ContentHash: unit.ContentHash,
    Tags: {},
  };
}

function newMutation(hub: HubContext, unit: Unit, revision: Revision, change: Change): Mutation {
  return {
    ...stampNew(hub, 'Mutation'),
    MutationID: hub.ids.uuid(),
    MutationNum: unit.HeadMutationNum,
    RevisionID: revision.RevisionID,
    RevisionNum: revision.RevisionNum,
    UnitID: unit.UnitID,
    SpaceID: unit.SpaceID,
    FunctionInvocation: { FunctionName: '', Arguments: [] },
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
    RestoredRevisionNum: change.restored?.RevisionNum ?? 0,
    UpgradedFromUpstreamRevisionNum: change.upgradedFrom ?? 0,
  };
}
