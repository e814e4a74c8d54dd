/** The functions that clients may call: their signatures, which clients need to build their commands, and calling them. */
import type { Route } from '../http/route.ts';
import type { Handler } from './context.ts';
import { requireSpace } from './entity.ts';
import { invokeOnUnits } from './function-invoke.ts';
import { SIGNATURES } from './functions/signature.ts';
import { ok } from './reply.ts';

const TOOLCHAIN = 'Kubernetes/YAML';

/** `GET …/function` and `POST …/function/invoke`. */
export const functionRoutes: readonly Route<Handler>[] = [
  { method: 'GET', path: '/function', handler: () => ok({ [TOOLCHAIN]: SIGNATURES }) },
  {
    method: 'GET',
    path: '/space/:space/function',
    handler: (hub, call) => {
      requireSpace(hub, call);
      return ok({ [TOOLCHAIN]: SIGNATURES });
    },
  },
  {
    method: 'POST',
    path: '/function/invoke',
    handler: (hub, call) => ok(invokeOnUnits(hub, call, undefined)),
  },
  {
    method: 'POST',
    path: '/space/:space/function/invoke',
    handler: (hub, call) => ok(invokeOnUnits(hub, call, requireSpace(hub, call).SpaceID)),
  },
];
