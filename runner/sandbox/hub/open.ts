/** Opens the hub: tables, worker streams and one handler that routes, reads, runs each write in a transaction and answers. */
import { BodyTooLarge } from '../http/http.ts';
import type { HttpRequest } from '../http/http.ts';
import { createRouter } from '../http/route.ts';
import type { Answer, Handler, HubContext, HubCore } from './context.ts';
import { badRequest, HubError } from './errors.ts';
import type { Hub, HubOptions } from './hub.ts';
import { REACTIONS } from './reactions.ts';
import { failure, toResponse } from './reply.ts';
import { ROUTES } from './routes.ts';
import { foundOrganization, openTables } from './tables.ts';
import { disconnectAll } from './worker-condition.ts';
import { openWorkerStreams } from './worker-stream.ts';

/** Opens a hub over `options.store`, which may hold an earlier hub's state. */
export function openHub(options: HubOptions): Hub {
  const hub = openContext(options);
  const route = createRouter<Handler>(ROUTES);
  let requests = 0;
  return {
    handler: async (request) => {
      requests += 1;
      const id = `req-${requests}`;
      const match = route(request.method, request.path);
      if (match.kind === 'none') return toResponse(failure(404, `no route ${request.path}`), id);
      if (match.kind === 'method') {
        const answer = failure(
          405,
          `${request.method} is not allowed here, only ${match.allowed.join(', ')}`,
        );
        const response = toResponse(answer, id);
        return { ...response, headers: { ...response.headers, allow: match.allowed.join(', ') } };
      }
      return toResponse(await answer(hub, match.handler, match.params, request), id);
    },
    organizationId: hub.organizationId,
    close: () => hub.workers.close(),
  };
}

function openContext(options: HubOptions): HubContext {
  const { store, clock, ids } = options;
  const tables = openTables(store);
  const core: HubCore = {
    store,
    tables,
    clock,
    ids,
    url: options.url,
    workerPort: options.workerPort ?? (() => undefined),
    ...store.transaction(() => foundOrganization(tables, clock, ids)),
  };
  disconnectAll(core);
  return { ...core, workers: openWorkerStreams(core), reactions: REACTIONS };
}

async function answer(
  hub: HubContext,
  handler: Handler,
  params: Readonly<Record<string, string>>,
  request: HttpRequest,
): Promise<Answer> {
  try {
    const body = await readBody(request);
    const call = { params, query: request.query, headers: request.headers, body };
    return request.method === 'GET' ? handler(hub, call) : hub.store.transaction(() => handler(hub, call));
  } catch (error) {
    if (error instanceof HubError) return failure(error.status, error.message);
    if (error instanceof BodyTooLarge) return failure(413, error.message);
    return failure(500, error instanceof Error ? error.message : String(error));
  }
}

async function readBody(request: HttpRequest): Promise<unknown> {
  if (request.method === 'GET' || request.method === 'DELETE') return undefined;
  const bytes = await request.body();
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    throw badRequest('the body is no JSON');
  }
}
