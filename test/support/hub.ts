/** A hub in memory with a clock that tests move, called through its handler: no socket. */
import { openHub } from '../../runner/sandbox/hub/open.ts';
import type { HttpHandler, StreamWriter } from '../../runner/sandbox/http/http.ts';
import type { Clock } from '../../runner/sandbox/store/clock.ts';
import { seededIds, type Ids } from '../../runner/sandbox/store/ids.ts';
import { openStore } from '../../runner/sandbox/store/open.ts';
import type { Store } from '../../runner/sandbox/store/store.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed; any shape, as a client would see it. */
  readonly json: unknown;
}

export interface ManualClock extends Clock {
  /** Moves time on and runs what falls due. */
  advance(ms: number): void;
}

export interface TestHub {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly handler: HttpHandler;
  /** `target` is path and query below `/api`, or from the root with a leading `//`. */
  call(
    method: string,
    target: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Reply>;
  close(): void;
}

export function openTestHub(store: Store = openStore(), ids: Ids = seededIds('test')): TestHub {
  const clock = manualClock();
  const hub = openHub({ store, clock, ids, url: () => 'http://127.0.0.1:1' });
  return {
    store,
    clock,
    handler: hub.handler,
    call: async (method, target, body, headers) => {
      const response = await send(hub.handler, method, target, body, headers);
      if (typeof response.body !== 'string') throw new Error(`${target} gave no text`);
      return {
        status: response.status,
        headers: response.headers,
        json: parse(response.body),
      };
    },
    close: () => {
      hub.close();
      store.close();
    },
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return body;
  }
}

/** What lies at a dotted path (`0.Unit.Slug`) of a parsed answer. */
export function pick(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (found, name) =>
        typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[name] : undefined,
      value,
    );
}

/** The same, which must be a text. */
export function pickText(value: unknown, path: string): string {
  const found = pick(value, path);
  if (typeof found !== 'string') throw new Error(`${path} is no text in ${JSON.stringify(value)}`);
  return found;
}

/** One request to a handler, as a signed-in client. `body` is sent as JSON, a string as it is. */
export function send(
  handler: HttpHandler,
  method: string,
  target: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = { authorization: 'Bearer x', 'user-agent': 'test' },
): ReturnType<HttpHandler> {
  const url = new URL(`http://hub${target.startsWith('//') ? target.slice(1) : `/api${target}`}`);
  const bytes = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body ?? null));
  return handler({
    method,
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers,
    body: async () => (body === undefined ? new Uint8Array() : bytes),
    signal: new AbortController().signal,
  });
}

function manualClock(): ManualClock {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const timers = new Set<{ at: number; work: () => void }>();
  return {
    now: () => now,
    after: (ms, work) => {
      const timer = { at: now + ms, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: (ms) => {
      now += ms;
      for (const timer of timers) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.work();
      }
    },
  };
}

/** A worker at the other end of a stream: what it was sent, and how it hangs up. */
export interface StreamEnd {
  readonly events: { readonly Event: string; readonly Data: unknown }[];
  /** Events that carry work, in order. */
  work(): unknown[];
  hangUp(): void;
}

/** Functions that a worker says it has. */
const OFFERED = {
  echo: { FunctionName: 'echo', Mutating: true, Hermetic: true, Description: 'Says it again' },
  tell: {
    FunctionName: 'tell',
    Description: 'Tells "it"',
    Validating: true,
    RequiredParameters: 1,
    Parameters: [
      { ParameterName: 'what', DataType: 'string', Required: true, Description: 'The "text"' },
      { ParameterName: 'times', DataType: 'int', Required: false, Description: 'How often' },
    ],
  },
};

/** Opens a worker's stream. Throws unless the hub answers with a stream. */
export async function connectWorker(
  hub: TestHub,
  worker: { readonly id: string; readonly secret: string },
  targets: readonly { readonly Name: string; readonly Params: object }[] = [],
): Promise<StreamEnd> {
  const info = {
    SupportedConfigTypes: [
      { ToolchainType: 'Kubernetes/YAML', ProviderType: 'Kubernetes', AvailableTargets: targets },
    ],
  };
  const response = await send(
    hub.handler,
    'POST',
    `/bridge_worker/${worker.id}/stream`,
    { BridgeWorkerInfo: info, FunctionWorkerInfo: { SupportedFunctions: { 'Kubernetes/YAML': OFFERED } } },
    {
      authorization: `Bearer ${worker.secret}`,
    },
  );
  if (typeof response.body !== 'object' || !('start' in response.body))
    throw new Error(`no stream: ${response.status}`);
  const abort = new AbortController();
  const events: StreamEnd['events'] = [];
  const writer: StreamWriter = {
    write: (chunk) => {
      events.push(JSON.parse(String(chunk).replace(/^data: /, '')) as { Event: string; Data: unknown });
    },
    end: () => abort.abort(),
    signal: abort.signal,
  };
  response.body.start(writer);
  return {
    events,
    work: () => events.filter(({ Event }) => Event === 'BridgeWorkerEvent').map(({ Data }) => Data),
    hangUp: () => abort.abort(),
  };
}

/** Text as base64. */
export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** Makes a space and returns its id. */
export async function makeSpace(hub: TestHub, slug: string, fields: object = {}): Promise<string> {
  return idOf(await hub.call('POST', '/space', { Slug: slug, ...fields }), 'SpaceID');
}

/** Makes a unit from YAML and returns its id. */
export async function makeUnit(
  hub: TestHub,
  space: string,
  slug: string,
  data = 'a: 1\n',
  fields: object = {},
): Promise<string> {
  return idOf(
    await hub.call('POST', `/space/${space}/unit`, { Slug: slug, Data: base64(data), ...fields }),
    'UnitID',
  );
}

export async function makeWorker(
  hub: TestHub,
  space: string,
  slug: string,
): Promise<{ id: string; secret: string }> {
  const reply = await hub.call('POST', `/space/${space}/bridge_worker`, { Slug: slug });
  return { id: idOf(reply, 'BridgeWorkerID'), secret: pickText(reply.json, 'Secret') };
}

export async function makeTarget(
  hub: TestHub,
  space: string,
  slug: string,
  workerId: string,
): Promise<string> {
  const fields = { Slug: slug, BridgeWorkerID: workerId, Parameters: '{"KubeContext":"x"}' };
  return idOf(await hub.call('POST', `/space/${space}/target`, fields), 'TargetID');
}

function idOf(reply: Reply, name: string): string {
  if (reply.status !== 200) throw new Error(`${reply.status}: ${JSON.stringify(reply.json)}`);
  return pickText(reply.json, name);
}

/** What a worker reports about the work that it was sent. */
export function report(
  hub: TestHub,
  worker: { readonly id: string; readonly secret: string },
  work: unknown,
  result: object,
): Promise<Reply> {
  const of = (name: string): unknown => pick(work, `Payload.${name}`);
  const body = {
    UnitID: of('UnitID'),
    SpaceID: of('SpaceID'),
    QueuedOperationID: of('QueuedOperationID'),
    RevisionNum: of('RevisionNum'),
    Action: pick(work, 'Action'),
    Result: 'None',
    Message: '',
    StartedAt: '2026-01-01T00:00:00.123456789Z',
    ...result,
  };
  return hub.call('POST', `/bridge_worker/${worker.id}/action_result`, body, {
    authorization: `Bearer ${worker.secret}`,
  });
}
