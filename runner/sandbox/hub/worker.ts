/** Workers as clients manage them: made with a secret, listed with their condition, deleted with their targets. */
import type { Route } from '../http/route.ts';
import { eachAlone, requireWhere } from './bulk.ts';
import type { Answer, Call, Handler, HubContext } from './context.ts';
import type { BridgeWorker, BridgeWorkerStatus } from './entities.ts';
import {
  param,
  requireEntity,
  requireFresh,
  requireSpace,
  requireUniqueSlug,
  stampNew,
  touch,
} from './entity.ts';
import { extendWorker } from './extend.ts';
import { badRequest, notFound } from './errors.ts';
import { checkFields, mergeFields } from './fields.ts';
import { isUuid } from './uuid.ts';
import type { WriteMode } from './fields.ts';
import { bulk, ok } from './reply.ts';
import { bySlug, selectEntities } from './select.ts';
import { WORKER_SHAPE } from './shapes.ts';
import { deleteTarget } from './target.ts';
import { ZERO_TIME } from './time.ts';

const WORKER = '/space/:space/bridge_worker/:worker';

/** `/bridge_worker`, in one space and across spaces. */
export const workerRoutes: readonly Route<Handler>[] = [
  { method: 'GET', path: '/bridge_worker', handler: (hub, call) => listWorkers(hub, call) },
  {
    method: 'GET',
    path: '/space/:space/bridge_worker',
    handler: (hub, call) => listWorkers(hub, call, requireSpace(hub, call).SpaceID),
  },
  { method: 'POST', path: '/space/:space/bridge_worker', handler: createWorker },
  {
    method: 'GET',
    path: WORKER,
    handler: (hub, call) => ok(extendWorker(hub, requireWorker(hub, call), call.query.get('include'))),
  },
  { method: 'PUT', path: WORKER, handler: (hub, call) => change(hub, call, 'replace') },
  { method: 'PATCH', path: WORKER, handler: (hub, call) => change(hub, call, 'patch') },
  { method: 'DELETE', path: WORKER, handler: (hub, call) => ok(deleteWorker(hub, requireWorker(hub, call))) },
  { method: 'GET', path: `${WORKER}/status`, handler: (hub, call) => ok(statusesOf(hub, call)) },
  { method: 'GET', path: `${WORKER}/status/:status`, handler: getStatus },
  { method: 'GET', path: `${WORKER}/function`, handler: listFunctions },
  {
    method: 'PATCH',
    path: '/bridge_worker',
    handler: (hub, call) => {
      checkFields(WORKER_SHAPE, call.body);
      return eachSelected(hub, call, (worker) => ({ BridgeWorker: applyChange(hub, call, worker, 'patch') }));
    },
  },
  {
    method: 'DELETE',
    path: '/bridge_worker',
    handler: (hub, call) => eachSelected(hub, call, (worker) => deleteWorker(hub, worker)),
  },
];

/** Deletes the worker, its targets in every space (refused while units use one) and its connection. */
export function deleteWorker(hub: HubContext, worker: BridgeWorker): object {
  const id = worker.BridgeWorkerID;
  const targets = hub.tables.Target.list({
    where: { sql: `json_extract(value, '$.BridgeWorkerID') = ?`, params: [id] },
  });
  for (const { value } of targets) deleteTarget(hub, value);
  for (const { key } of hub.tables.BridgeWorkerStatus.list({ prefix: `${id}/` }))
    hub.tables.BridgeWorkerStatus.delete(key);
  hub.tables.BridgeWorker.delete(id);
  hub.workers.disconnect(id);
  return { Message: `BridgeWorker ${worker.Slug} deleted` };
}

function listWorkers(hub: HubContext, { query }: Call, spaceId?: string): Answer {
  const workers = selectEntities(hub, 'BridgeWorker', query, spaceId === undefined ? {} : { spaceId });
  return ok(workers.sort(bySlug).map((worker) => extendWorker(hub, worker, query.get('include'))));
}

function requireWorker(hub: HubContext, call: Call): BridgeWorker {
  const { SpaceID } = requireSpace(hub, call);
  return requireEntity(hub.tables.BridgeWorker, 'BridgeWorker', param(call, 'worker'), SpaceID);
}

function createWorker(hub: HubContext, call: Call): Answer {
  const { SpaceID } = requireSpace(hub, call);
  const fields = mergeFields(WORKER_SHAPE, 'create', call.body);
  requireUniqueSlug(hub.tables.BridgeWorker, 'BridgeWorker', fields.Slug, SpaceID);
  const id = hub.ids.uuid();
  const worker: BridgeWorker = {
    ...stampNew(hub, 'BridgeWorker'),
    ...fields,
    SpaceID,
    BridgeWorkerID: id,
    Secret: `ch_${hub.ids.hex(40)}`,
    Condition: 'Disconnected',
    LastSeenAt: ZERO_TIME,
    LastMessage: '',
    IPAddress: '',
    ProvidedInfo: null,
    UserID: null,
  };
  hub.tables.BridgeWorker.put(id, worker);
  return ok(worker);
}

function change(hub: HubContext, call: Call, mode: WriteMode): Answer {
  const before = requireWorker(hub, call);
  return ok(applyChange(hub, call, before, mode));
}

function applyChange(hub: HubContext, call: Call, before: BridgeWorker, mode: WriteMode): BridgeWorker {
  requireFresh(before, 'BridgeWorker', call.body, mode);
  const fields = mergeFields(WORKER_SHAPE, mode, call.body, before);
  requireUniqueSlug(
    hub.tables.BridgeWorker,
    'BridgeWorker',
    fields.Slug,
    before.SpaceID,
    before.BridgeWorkerID,
  );
  const worker = touch(hub, { ...before, ...fields });
  hub.tables.BridgeWorker.put(worker.BridgeWorkerID, worker);
  return worker;
}

/** Newest first. */
function statusesOf(hub: HubContext, call: Call): BridgeWorkerStatus[] {
  const prefix = `${requireWorker(hub, call).BridgeWorkerID}/`;
  return hub.tables.BridgeWorkerStatus.list({ prefix })
    .map(({ value }) => value)
    .reverse();
}

function getStatus(hub: HubContext, call: Call): Answer {
  const statuses = statusesOf(hub, call);
  const id = param(call, 'status');
  if (!isUuid(id)) throw badRequest('BridgeWorkerStatus id must be a UUID');
  const found = statuses.find(({ BridgeWorkerStatusID }) => BridgeWorkerStatusID === id.toLowerCase());
  if (found === undefined) throw notFound(`BridgeWorkerStatus ${id} not found`);
  return ok(found);
}

/** The functions that the worker offered when it connected. */
function listFunctions(hub: HubContext, call: Call): Answer {
  return ok(requireWorker(hub, call).ProvidedInfo?.FunctionWorkerInfo?.SupportedFunctions ?? {});
}

function eachSelected(hub: HubContext, call: Call, work: (worker: BridgeWorker) => object): Answer {
  requireWhere(call);
  const workers = selectEntities(hub, 'BridgeWorker', call.query).sort(bySlug);
  return bulk(
    eachAlone(hub, workers, (worker) => ({ type: 'BridgeWorker', id: worker.BridgeWorkerID }), work),
  );
}
