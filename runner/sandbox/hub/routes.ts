/** All routes of the hub in one table, with who may call what. */
import type { Route } from '../http/route.ts';
import type { Call, Handler } from './context.ts';
import { HubError } from './errors.ts';
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

/** `/api/info` and the worker's own routes stand outside: the latter have their own secret. */
export const ROUTES: readonly Route<Handler>[] = [
  ...infoRoutes,
  ...workerProtocolRoutes,
  ...signedInRoutes.map(({ method, path, handler }) => ({
    method,
    path: `/api${path}`,
    handler: requireSession(handler),
  })),
];

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
