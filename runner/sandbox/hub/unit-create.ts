/** New units: from data, or as clones that remember the unit they come from. */
import { eachAlone, readPrefixes, requireSelection } from './bulk.ts';
import type { Call, HubContext } from './context.ts';
import type { Unit } from './entities.ts';
import { requireEntity, requireSpace, requireUniqueSlug, stampNew } from './entity.ts';
import { badRequest } from './errors.ts';
import { mergeFields, readObject } from './fields.ts';
import { recordData } from './history.ts';
import { bySlug, selectEntities } from './select.ts';
import { UNIT_SHAPE } from './shapes.ts';
import { ZERO_TIME } from './time.ts';
import { checkPreClone, runPostClone } from './triggers/run-triggers.ts';
import { checkUnitFields, describeUnit } from './unit-lookup.ts';
import { refuseMerge } from './unit-merge.ts';
import { checkUnitBody } from './unit-request.ts';

/** `POST /space/{id}/unit`, with `upstream_unit_id` a clone. */
export function createUnit(hub: HubContext, call: Call): Unit {
  refuseMerge(call);
  const { SpaceID } = requireSpace(hub, call);
  const upstreamId = call.query.get('upstream_unit_id');
  const upstreamSpace = call.query.get('upstream_space_id');
  if (upstreamId === null) {
    if (upstreamSpace !== null) throw badRequest('upstream_space_id needs an upstream_unit_id');
    return insertUnit(hub, call, SpaceID, call.body);
  }
  if (upstreamSpace !== null) requireEntity(hub.tables.Space, 'Space', upstreamSpace);
  return insertUnit(
    hub,
    call,
    SpaceID,
    call.body,
    requireEntity(hub.tables.Unit, 'Unit', upstreamId, (upstreamSpace ?? SpaceID).toLowerCase()),
  );
}

/** `POST /unit`: every selected unit into every space of `where_space` (its own without), once per prefix. */
export function cloneUnits(hub: HubContext, call: Call): object[] {
  refuseMerge(call);
  requireSelection(call);
  const prefixes = readPrefixes(call);
  checkCloneBody(hub, call.body);
  const whereSpace = call.query.get('where_space');
  if (whereSpace === null && prefixes.every((prefix) => prefix === ''))
    throw badRequest('a bulk clone needs where_space or name_prefixes');
  const spaces =
    whereSpace === null
      ? undefined
      : selectEntities(hub, 'Space', new URLSearchParams(), { where: whereSpace }).sort(bySlug);
  if (spaces?.length === 0) throw badRequest(`no space matches ${whereSpace ?? ''}`);
  const clones = selectEntities(hub, 'Unit', call.query)
    .sort(bySlug)
    .flatMap((upstream) =>
      (spaces?.map((space) => space.SpaceID) ?? [upstream.SpaceID]).flatMap((spaceId) =>
        prefixes.map((prefix) => ({ upstream, spaceId, slug: `${prefix}${upstream.Slug}` })),
      ),
    );
  return eachAlone(
    hub,
    clones,
    ({ upstream }) => describeUnit(upstream),
    ({ upstream, spaceId, slug }) => ({
      Unit: insertUnit(hub, call, spaceId, { ...readObject(call.body), Slug: slug }, upstream),
    }),
  );
}

function checkCloneBody(hub: HubContext, body: unknown): void {
  checkUnitBody(hub, body);
  refuseData(body);
}

function refuseData(body: unknown): void {
  if ((readObject(body)['Data'] ?? '') !== '')
    throw badRequest('a clone takes its data from the upstream unit: send no Data');
}

/** A clone takes data and toolchain of its upstream's head; labels, target and approvals are its own. */
function insertUnit(hub: HubContext, call: Call, spaceId: string, body: unknown, upstream?: Unit): Unit {
  const sent = mergeFields(UNIT_SHAPE, 'create', body);
  if (upstream !== undefined) refuseData(body);
  const fields = checkUnitFields(hub, spaceId, {
    ...sent,
    ToolchainType: upstream?.ToolchainType ?? sent.ToolchainType,
  });
  requireUniqueSlug(hub.tables.Unit, 'Unit', fields.Slug, spaceId);
  const unit: Unit = {
    ...stampNew(hub, 'Unit'),
    ...fields,
    UnitID: hub.ids.uuid(),
    SpaceID: spaceId,
    ChangeSetID: null,
    UpstreamUnitID: upstream?.UnitID ?? null,
    UpstreamSpaceID: upstream?.SpaceID ?? null,
    UpstreamOrganizationID: upstream?.OrganizationID ?? null,
    UpstreamRevisionNum: upstream?.HeadRevisionNum ?? 0,
    HeadRevisionNum: 0,
    HeadMutationNum: 0,
    LastAppliedRevisionNum: 0,
    LiveRevisionNum: 0,
    PreviousLiveRevisionNum: 0,
    MutationSources: [],
    ApplyGates: {},
    ApprovedBy: [],
    ContentHash: 0,
    LiveState: '',
    Outputs: '',
    LastActionAt: ZERO_TIME,
  };
  const description = fields.LastChangeDescription;
  if (upstream === undefined)
    return recordData(hub, call, unit, fields.Data, { source: 'Create', description });
  checkPreClone(hub, upstream);
  return runPostClone(
    hub,
    call,
    recordData(hub, call, unit, upstream.Data, { source: 'Clone', description }),
  );
}
