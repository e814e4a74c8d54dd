/** All routes of the hub in one table, with who may call what, and the operations that are known but refused. */
import type { Route } from '../http/route.ts';
import type { Call, Handler } from './context.ts';
import { HubError, notImplemented } from './errors.ts';
import { functionRoutes } from './function.ts';
import { infoRoutes, organizationRoutes } from './organization.ts';
import { spaceRoutes } from './space.ts';
import { targetRoutes } from './target.ts';
import { unitActionRoutes } from './unit-actions.ts';
import { unitHistoryRoutes } from './unit-history.ts';
import { unitRoutes } from './unit.ts';
import { workerProtocolRoutes } from './worker-protocol.ts';
import { workerRoutes } from './worker.ts';

/** Path segments of entities that ConfigHub has and this hub does not. */
const UNIMPLEMENTED: readonly string[] = [
  'link',
  'filter',
  'change_set',
  'tag',
  'trigger',
  'invocation',
  'view',
  'set',
];

const signedInRoutes: readonly Route<Handler>[] = [
  ...organizationRoutes,
  ...spaceRoutes,
  ...unitRoutes,
  ...unitHistoryRoutes,
  ...unitActionRoutes,
  ...targetRoutes,
  ...workerRoutes,
  ...functionRoutes,
  ...UNIMPLEMENTED.flatMap(refusedEntity),
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

function refusedEntity(segment: string): Route<Handler>[] {
  const one = `/space/:space/${segment}`;
  return ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].flatMap((method) =>
    [`/${segment}`, one, `${one}/:id`].map((path) => ({
      method,
      path,
      handler: () => {
        throw notImplemented(`${method} ${segment}`);
      },
    })),
  );
}
