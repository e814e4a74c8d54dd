/** Reads return an entity inside a wrapper, `{"Unit": {…}, "Space": {…}}`, with what `include` asks for beside it. */
import type { HubContext } from './context.ts';
import type { BridgeWorker, Mutation, Revision, Space, Target, Unit } from './entities.ts';
import { numberedKey } from './history.ts';
import { latestEvent, unitStatus } from './unit-status.ts';

/** What one foreign key brings along, under the names that clients know. */
export type Embed<T> = (hub: HubContext, entity: T) => Readonly<Record<string, unknown>>;

/** `OrganizationID` */
export const organization: Embed<{ OrganizationID: string }> = (hub, { OrganizationID: id }) => ({
  Organization: hub.tables.Organization.get(id)?.value,
});
/** `SpaceID` */
export const space: Embed<{ SpaceID: string }> = (hub, { SpaceID: id }) => ({
  Space: hub.tables.Space.get(id)?.value,
});
const unit: Embed<{ UnitID: string }> = (hub, { UnitID: id }) => ({ Unit: hub.tables.Unit.get(id)?.value });

const UNIT = {
  OrganizationID: organization,
  SpaceID: space,
  TargetID: (hub, { TargetID: id }) => ({
    Target: id === null ? undefined : hub.tables.Target.get(id)?.value,
  }),
  UpstreamUnitID: (hub, { UpstreamUnitID: id }) => ({
    UpstreamUnit: id === null ? undefined : hub.tables.Unit.get(id)?.value,
  }),
  UpstreamSpaceID: (hub, { UpstreamSpaceID: id }) => ({
    UpstreamSpace: id === null ? undefined : hub.tables.Space.get(id)?.value,
  }),
  SetID: (hub, { SetID: id }) => ({ Set: id === null ? undefined : hub.tables.Set.get(id)?.value }),
  ChangeSetID: (hub, { ChangeSetID: id }) => ({
    ChangeSet: id === null ? undefined : hub.tables.ChangeSet.get(id)?.value,
  }),
  UnitEventID: (hub, { UnitID: id }) => ({ LatestUnitEvent: latestEvent(hub, id) }),
  ApprovedBy: (hub, { ApprovedBy: users }) => ({
    ApprovedBy: users.map((id) => hub.tables.User.get(id)?.value),
  }),
  HeadMutationNum: (hub, { UnitID: id, HeadMutationNum: number }) => ({
    HeadMutation: hub.tables.Mutation.get(numberedKey(id, number))?.value,
  }),
  HeadRevisionNum: (hub, { UnitID: id, HeadRevisionNum: number }) => ({
    HeadRevision: revision(hub, id, number),
  }),
  LiveRevisionNum: (hub, { UnitID: id, LiveRevisionNum: number }) => ({
    LiveRevision: revision(hub, id, number),
  }),
  LastAppliedRevisionNum: (hub, { UnitID: id, LastAppliedRevisionNum: number }) => ({
    LastAppliedRevision: revision(hub, id, number),
  }),
} satisfies Readonly<Record<string, Embed<Unit>>>;

const REVISION: Readonly<Record<string, Embed<Revision>>> = {
  OrganizationID: organization,
  SpaceID: space,
  UnitID: unit,
  UserID: (hub, { UserID: id }) => ({ User: hub.tables.User.get(id)?.value }),
};

const MUTATION: Readonly<Record<string, Embed<Mutation>>> = {
  OrganizationID: organization,
  SpaceID: space,
  UnitID: unit,
  RevisionID: (hub, { UnitID: id, RevisionNum: number }) => ({ Revision: revision(hub, id, number) }),
  LinkID: (hub, { LinkID: id }) => ({ Link: id === null ? undefined : hub.tables.Link.get(id)?.value }),
  TriggerID: (hub, { TriggerID: id }) => ({
    Trigger: id === null ? undefined : hub.tables.Trigger.get(id)?.value,
  }),
  InvocationID: (hub, { InvocationID: id }) => ({
    Invocation: id === null ? undefined : hub.tables.Invocation.get(id)?.value,
  }),
};

const TARGET: Readonly<Record<string, Embed<Target>>> = {
  OrganizationID: organization,
  SpaceID: space,
  BridgeWorkerID: (hub, { BridgeWorkerID: id }) => ({ BridgeWorker: hub.tables.BridgeWorker.get(id)?.value }),
};

/** ExtendedUnit; the space, the status and the changeset always come along. */
export function extendUnit(hub: HubContext, entity: Unit, include: string | null): object {
  return {
    Unit: entity,
    UnitStatus: unitStatus(hub, entity),
    Space: hub.tables.Space.get(entity.SpaceID)?.value,
    ...UNIT.ChangeSetID(hub, entity),
    ...embed(hub, UNIT, entity, include),
  };
}

/** ExtendedRevision. */
export function extendRevision(hub: HubContext, entity: Revision, include: string | null): object {
  return { Revision: entity, ...embed(hub, REVISION, entity, include) };
}

/** ExtendedMutation. */
export function extendMutation(hub: HubContext, entity: Mutation, include: string | null): object {
  return { Mutation: entity, ...embed(hub, MUTATION, entity, include) };
}

/** ExtendedTarget. */
export function extendTarget(hub: HubContext, entity: Target, include: string | null): object {
  return { Target: entity, ...embed(hub, TARGET, entity, include) };
}

/** ExtendedBridgeWorker, with the number of its targets. */
export function extendWorker(hub: HubContext, entity: BridgeWorker, include: string | null): object {
  const wanted = { OrganizationID: organization, SpaceID: space };
  const TargetCount = hub.tables.Target.list({
    where: { sql: `json_extract(value, '$.BridgeWorkerID') = ?`, params: [entity.BridgeWorkerID] },
  }).length;
  return { BridgeWorker: entity, TargetCount, ...embed(hub, wanted, entity, include) };
}

/** ExtendedSpace without the counters. */
export function extendSpace(hub: HubContext, entity: Space, include: string | null): object {
  return { Space: entity, ...embed(hub, { OrganizationID: organization }, entity, include) };
}

/** Unknown names are passed over: later clients ask for entities that this hub does not have. */
export function embed<T>(
  hub: HubContext,
  known: Readonly<Record<string, Embed<T>>>,
  entity: T,
  include: string | null,
): Record<string, unknown> {
  const names = (include ?? '').split(',').filter((name) => Object.hasOwn(known, name));
  return Object.assign({}, ...names.map((name) => known[name]?.(hub, entity))) as Record<string, unknown>;
}

function revision(hub: HubContext, unitId: string, number: number): Revision | undefined {
  return number === 0 ? undefined : hub.tables.Revision.get(numberedKey(unitId, number))?.value;
}
