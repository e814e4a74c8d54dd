/** All routes of the hub in one table, with who may call what. */
import type { Route } from '../http/route.ts';
import { rehearse } from './bulk.ts';
import type { Call, Handler } from './context.ts';
import { badRequest, HubError } from './errors.ts';
import { checkFlags, readFlag } from './flags.ts';
import { functionRoutes } from './function.ts';
import { infoRoutes, organizationRoutes } from './organization.ts';
import { kindRoutes } from './kinds/all-routes.ts';
import { spaceRoutes } from './space.ts';
import { targetRoutes } from './target.ts';
import { unitActionRoutes } from './unit-actions.ts';
import { unitHistoryRoutes } from './unit-history.ts';
import { unitRoutes } from './unit.ts';
import { workerProtocolRoutes } from './worker-protocol.ts';
import { workerRoutes } from './worker.ts';

const signedInRoutes: readonly Route<Handler>[] = [
  ...organizationRoutes,
  ...spaceRoutes,
  ...unitRoutes,
  ...unitHistoryRoutes,
  ...unitActionRoutes,
  ...targetRoutes,
  ...workerRoutes,
  ...functionRoutes,
  ...kindRoutes,
];

/** The writes that can be rehearsed. */
const DRY_RUNS: ReadonlySet<string> = new Set([
  'POST /unit',
  'PATCH /unit',
  'PUT /space/:space/unit/:unit',
  'PATCH /space/:space/unit/:unit',
  'POST /unit/apply',
  'POST /unit/approve',
  'POST /unit/tag',
  'POST /function/invoke',
  'POST /space/:space/function/invoke',
]);

/** `/api/info` and the worker's own routes stand outside: the latter have their own secret. */
export const ROUTES: readonly Route<Handler>[] = [
  ...infoRoutes,
  ...workerProtocolRoutes,
  ...signedInRoutes.map(({ method, path, handler }) => ({
    method,
    path: `/api${path}`,
    handler: requireSession(guardDryRun(`${method} ${path}`, handler)),
  })),
];

/**
 * With `dry_run=true` a write is done and taken back, so that the answer shows what it would be. Where clients know no dry run
 * it is refused: an effect outside the store could not be taken back.
 */
function guardDryRun(name: string, handler: Handler): Handler {
  return (hub, call) => {
    checkFlags(call.query);
    if (name.startsWith('GET ') || !readFlag(call.query, 'dry_run')) return handler(hub, call);
    if (!DRY_RUNS.has(name)) throw badRequest(`${name} has no dry run: nothing was done`);
    return rehearse(hub, () => handler(hub, call));
  };
}

/** Any credentials do: the hub has one user and listens on loopback. None at all is a page that somebody's browser opened. */
function requireSession(handler: Handler): Handler {
  return (hub, call) => {
    checkSession(call);
    return handler(hub, call);
  };
}

function checkSession({ headers }: Call): void {
  if (!/^(?:Bearer|Basic) \S+/i.test(headers['authorization'] ?? ''))
    throw new HubError(401, 'not logged in: send an Authorization header');
}
