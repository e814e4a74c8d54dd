/** The functions that clients may call: their signatures, which clients need to build their commands, and calling them. */
import type { Route } from '../http/route.ts';
import type { Handler } from './context.ts';
import { requireSpace } from './entity.ts';
import { invokeOnUnits } from './function-invoke.ts';
import { SIGNATURES } from './functions/signature.ts';
import { bulk, ok } from './reply.ts';

/** The signatures by toolchain and name, as `…/function` answers and clients keep them. */
export const FUNCTIONS: Readonly<Record<string, typeof SIGNATURES>> = { 'Kubernetes/YAML': SIGNATURES };

/** `GET …/function` and `POST …/function/invoke`. */
export const functionRoutes: readonly Route<Handler>[] = [
  { method: 'GET', path: '/function', handler: () => ok(FUNCTIONS) },
  {
    method: 'GET',
    path: '/space/:space/function',
    handler: (hub, call) => {
      requireSpace(hub, call);
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
