/** The functions that clients may call: their signatures, which clients need to build their commands, and calling them. */
import type { Route } from '../http/route.ts';
import type { Call, Handler, HubContext } from './context.ts';
import { requireEntity, requireSpace } from './entity.ts';
import { badRequest } from './errors.ts';
import { invokeOnUnits } from './function-invoke.ts';
import { SIGNATURES } from './functions/signature.ts';
import { bulk, ok } from './reply.ts';

/** The signatures by toolchain and name, as `…/function` answers and clients keep them. */
export const FUNCTIONS: Readonly<Record<string, typeof SIGNATURES>> = { 'Kubernetes/YAML': SIGNATURES };

/** `GET …/function` and `POST …/function/invoke`. */
export const functionRoutes: readonly Route<Handler>[] = [
  {
    method: 'GET',
    path: '/function',
    handler: (hub, call) => {
      checkSubject(hub, call);
      return ok(FUNCTIONS);
    },
  },
  {
    method: 'GET',
    path: '/space/:space/function',
    handler: (hub, call) => {
      checkSubject(hub, call, requireSpace(hub, call).SpaceID);
      return ok(FUNCTIONS);
    },
  },
  {
    method: 'POST',
    path: '/function/invoke',
    handler: (hub, call) => bulk(invokeOnUnits(hub, call, undefined)),
  },
  {
    method: 'POST',
    path: '/space/:space/function/invoke',
    handler: (hub, call) => bulk(invokeOnUnits(hub, call, requireSpace(hub, call).SpaceID)),
  },
];

/** What the functions are asked for, `entity` and `id`: they are the same for all, but it must be there. Throws 400 or 404. */
function checkSubject({ tables }: HubContext, { query }: Call, spaceId?: string): void {
  const [entity, id] = [query.get('entity'), query.get('id')];
  if (entity === null && id === null) return;
  switch (entity ?? '') {
    case 'unit':
      requireEntity(tables.Unit, 'Unit', id ?? '', spaceId);
      return;
    case 'target':
      requireEntity(tables.Target, 'Target', id ?? '', spaceId);
      return;
    case 'worker':
      requireEntity(tables.BridgeWorker, 'BridgeWorker', id ?? '', spaceId);
      return;
    default:
      throw badRequest('entity must be unit, target or worker');
  }
}
