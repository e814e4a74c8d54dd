/** The whole emulator behind a socket, and requests as its clients send them. */
import { openKube } from '../../runner/sandbox/kube/open.ts';
import type { JsonObject, Kube } from '../../runner/sandbox/kube/kube.ts';
import { serve, type ServeOptions } from '../../runner/sandbox/http/serve.ts';
import { systemClock } from '../../runner/sandbox/store/clock.ts';
import { seededIds } from '../../runner/sandbox/store/ids.ts';
import { openStore } from '../../runner/sandbox/store/open.ts';

export const adminToken = 'test-admin';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonObject;
}

export interface Call {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: JsonObject | string | Uint8Array<ArrayBuffer>;
}

export interface KubeServer {
  readonly kube: Kube;
  readonly url: string;
  /** `METHOD /path?query`. */
  call(request: string, call?: Call): Promise<Reply>;
  close(): Promise<void>;
}

export interface KubeServerOptions extends ServeOptions {
  /** How many changes the store remembers. */
  readonly logLength?: number;
  /** The version that the server claims. */
  readonly version?: string;
}

export async function openKubeServer(options: KubeServerOptions = {}): Promise<KubeServer> {
  const store = openStore(options.logLength === undefined ? {} : { logLength: options.logLength });
  const ids = seededIds('test');
  const kube = openKube({
    store,
    clock: systemClock,
    ids,
    version: options.version ?? 'v1.34.4',
    speed: 0.02,
    programs: {},
    adminToken,
  });
  const listening = await serve(kube.handler, { ...options, upgrade: kube.upgrade });
  kube.publish(listening.url);
  return {
    kube,
    url: listening.url,
    call: (request, call = {}) => send(listening.url, request, call),
    close: async () => {
      await listening.close();
      kube.close();
      store.close();
    },
  };
}

async function send(url: string, request: string, call: Call): Promise<Reply> {
  const [method = 'GET', path = '/'] = request.split(' ');
  const { body } = call;
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${call.token ?? adminToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...call.headers,
    },
    ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? (JSON.parse(text) as JsonObject) : { text },
  };
}
