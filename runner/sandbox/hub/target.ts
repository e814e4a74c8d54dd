/** Targets: where a unit is applied, and the worker that can reach it. */
import type { Route } from '../http/route.ts';
import { eachAlone, requireWhere } from './bulk.ts';
import type { Answer, Call, Handler, HubContext } from './context.ts';
import type { Target } from './entities.ts';
import {
  param,
  requireEntity,
  requireFresh,
  requireSpace,
  requireUniqueSlug,
  stampNew,
  touch,
} from './entity.ts';
import { badRequest } from './errors.ts';
import { extendTarget } from './extend.ts';
import { checkFields, mergeFields } from './fields.ts';
import { cancelOperations } from './operation.ts';
import type { WriteMode } from './fields.ts';
import { bulk, ok } from './reply.ts';
import { bySlug, selectEntities } from './select.ts';
import { TARGET_SHAPE } from './shapes.ts';
import type { TargetFields } from './shapes.ts';

/** `/target`, in one space and across spaces. */
export const targetRoutes: readonly Route<Handler>[] = [
  { method: 'GET', path: '/target', handler: (hub, call) => listTargets(hub, call) },
  {
    method: 'GET',
    path: '/space/:space/target',
    handler: (hub, call) => listTargets(hub, call, requireSpace(hub, call).SpaceID),
  },
  { method: 'POST', path: '/space/:space/target', handler: createTarget },
  {
    method: 'GET',
    path: '/space/:space/target/:target',
    handler: (hub, call) => ok(extendTarget(hub, requireTarget(hub, call), call.query.get('include'))),
  },
  {
    method: 'PUT',
    path: '/space/:space/target/:target',
    handler: (hub, call) => change(hub, call, 'replace'),
  },
  {
    method: 'PATCH',
    path: '/space/:space/target/:target',
    handler: (hub, call) => change(hub, call, 'patch'),
  },
  {
    method: 'DELETE',
    path: '/space/:space/target/:target',
    handler: (hub, call) => ok(deleteTarget(hub, requireTarget(hub, call))),
  },
  {
    method: 'PATCH',
    path: '/target',
    handler: (hub, call) => {
      checkFields(TARGET_SHAPE, call.body);
      return eachSelected(hub, call, (target) => ({ Target: applyChange(hub, call, target, 'patch') }));
    },
  },
  {
    method: 'DELETE',
    path: '/target',
    handler: (hub, call) => eachSelected(hub, call, (target) => deleteTarget(hub, target)),
  },
];

/** Refuses to take away a target that units still use; then deletes it. */
export function deleteTarget(hub: HubContext, target: Target): object {
  const users = hub.tables.Unit.list({
    where: { sql: `json_extract(value, '$.TargetID') = ?`, params: [target.TargetID] },
  }).map(({ value }) => value.Slug);
  if (users.length > 0)
    throw badRequest(
      `target ${target.Slug} is used by unit(s) ${users.slice(0, 5).sort().join(', ')}: give them another target first, ` +
        'or none with: cub unit set-target UNIT -',
    );
  cancelOperations(hub, target.TargetID);
  hub.tables.Target.delete(target.TargetID);
  return { Message: `Target ${target.Slug} deleted` };
}

function listTargets(hub: HubContext, { query }: Call, spaceId?: string): Answer {
  const targets = selectEntities(hub, 'Target', query, spaceId === undefined ? {} : { spaceId });
  return ok(targets.sort(bySlug).map((target) => extendTarget(hub, target, query.get('include'))));
}

function requireTarget(hub: HubContext, call: Call): Target {
  return requireEntity(hub.tables.Target, 'Target', param(call, 'target'), requireSpace(hub, call).SpaceID);
}

function createTarget(hub: HubContext, call: Call): Answer {
  const { SpaceID } = requireSpace(hub, call);
  const fields = readTarget(hub, 'create', call.body);
  requireUniqueSlug(hub.tables.Target, 'Target', fields.Slug, SpaceID);
  const id = hub.ids.uuid();
  const target: Target = { ...stampNew(hub, 'Target'), ...fields, SpaceID, TargetID: id };
  hub.tables.Target.put(id, target);
  return ok(target);
}

function change(hub: HubContext, call: Call, mode: WriteMode): Answer {
  const before = requireTarget(hub, call);
  return ok(applyChange(hub, call, before, mode));
}

function applyChange(hub: HubContext, call: Call, before: Target, mode: WriteMode): Target {
  requireFresh(before, 'Target', call.body, mode);
  const fields = readTarget(hub, mode, call.body, before);
  requireUniqueSlug(hub.tables.Target, 'Target', fields.Slug, before.SpaceID, before.TargetID);
  const target = touch(hub, { ...before, ...fields });
  hub.tables.Target.put(target.TargetID, target);
  return target;
}

/** A target needs a worker; it may be one of another space, which is how two spaces share a cluster. */
function readTarget(
  hub: HubContext,
  mode: WriteMode,
  body: unknown,
  before?: Target,
): TargetFields & { readonly BridgeWorkerID: string } {
  const fields = mergeFields(TARGET_SHAPE, mode, body, before);
  const { BridgeWorkerID: id } = fields;
  if (id === null || hub.tables.BridgeWorker.get(id) === undefined)
    throw badRequest(`target ${fields.Slug} needs the BridgeWorkerID of a worker`);
  return {
    ...fields,
    BridgeWorkerID: id,
    ProviderType: fields.ProviderType || 'Kubernetes',
    ToolchainType: fields.ToolchainType || 'Kubernetes/YAML',
  };
}

function eachSelected(hub: HubContext, call: Call, work: (target: Target) => object): Answer {
  requireWhere(call);
  const targets = selectEntities(hub, 'Target', call.query);
  return bulk(eachAlone(hub, targets, (target) => ({ type: 'Target', id: target.TargetID }), work));
}
