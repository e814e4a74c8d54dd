/** The worker's side of the API: who am I, give me work (a stream), here is a result. Authenticated by the worker's secret. */
import type { Route } from '../http/route.ts';
import { readActionResult } from './action-result.ts';
import type { Answer, Call, Handler, HubContext } from './context.ts';
import type { BridgeWorker } from './entities.ts';
import { param, requireEntity } from './entity.ts';
import { badRequest, HubError } from './errors.ts';
import { readObject } from './fields.ts';
import { ok } from './reply.ts';
import { noteSeen } from './worker-condition.ts';
import { readWorkerInfo } from './worker-info.ts';
import { recordResult } from './worker-result.ts';
import { registerTargets } from './worker-targets.ts';

/** Whole paths: these routes stand outside the session and, one of them, outside `/api`. */
export const workerProtocolRoutes: readonly Route<Handler>[] = [
  {
    method: 'GET',
    path: '/api/bridge_worker/:worker/me',
    handler: (hub, call) => ok(authenticate(hub, call)),
  },
  { method: 'POST', path: '/api/bridge_worker/:worker/stream', handler: openStream },
  { method: 'POST', path: '/api/bridge_worker/:worker/action_result', handler: takeResult },
  { method: 'POST', path: '/auth/worker', handler: logIn },
];

function openStream(hub: HubContext, call: Call): Answer {
  const worker = authenticate(hub, call);
  const info = readWorkerInfo(call.body);
  registerTargets(hub, worker, info);
  hub.tables.BridgeWorker.put(worker.BridgeWorkerID, { ...worker, ProvidedInfo: info });
  return hub.workers.connect(worker.BridgeWorkerID);
}

function takeResult(hub: HubContext, call: Call): Answer {
  const worker = authenticate(hub, call);
  const result = readActionResult(call.body);
  const isHeartbeat = result.Action === 'Heartbeat';
  noteSeen(hub, worker, isHeartbeat ? result.Message : worker.LastMessage);
  return ok(isHeartbeat ? {} : recordResult(hub, worker, result));
}

/** `POST /auth/worker`: a worker's id and secret for a session, as `cub auth login --as-worker` does. */
function logIn(hub: HubContext, call: Call): Answer {
  const { worker_id: id, worker_secret: secret } = readObject(call.body);
  if (typeof id !== 'string' || typeof secret !== 'string')
    throw badRequest('worker_id and worker_secret must be strings');
  const worker = hub.tables.BridgeWorker.get(id.toLowerCase())?.value;
  if (!isSecret(worker, secret)) throw new HubError(401, 'wrong worker id or secret');
  const user = hub.tables.User.get(hub.userId)?.value;
  return ok({
    access_token: `worker-${hub.ids.hex(32)}`,
    organization_id: hub.organizationId,
    user: {
      id: hub.userId,
      email: user?.Username ?? '',
      first_name: user?.DisplayName ?? '',
      last_name: '',
      profile_picture_url: '',
      created_at: user?.CreatedAt,
      updated_at: user?.UpdatedAt,
    },
  });
}

function authenticate(hub: HubContext, call: Call): BridgeWorker {
  const worker = requireEntity(hub.tables.BridgeWorker, 'BridgeWorker', param(call, 'worker'));
  const secret = /^Bearer (.+)$/i.exec(call.headers['authorization'] ?? '')?.[1] ?? '';
  if (!isSecret(worker, secret)) throw new HubError(401, 'wrong worker secret');
  return worker;
}

/** Compares in a time that depends on the given text alone, not on how much of it is right. */
function isSecret(worker: BridgeWorker | undefined, given: string): worker is BridgeWorker {
  const expected = worker?.Secret ?? '';
  let difference = expected.length ^ given.length;
  for (let index = 0; index < given.length; index += 1)
    difference |= given.charCodeAt(index) ^ expected.charCodeAt(index % Math.max(1, expected.length));
  return worker !== undefined && difference === 0;
}
