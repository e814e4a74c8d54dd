/** The worker's side of the hub protocol: who am I, the stream of events, and the results. */
import type { WorkerEvent } from './worker.ts';

export interface HubClient {
  me(): Promise<{ readonly Slug: string }>;
  /** Registers what this worker can do and yields events until the hub closes the stream or `signal` aborts. */
  events(registration: unknown): AsyncGenerator<WorkerEvent>;
  report(result: Readonly<Record<string, unknown>>): Promise<void>;
}

export interface HubClientOptions {
  readonly url: string;
  readonly workerId: string;
  readonly secret: string;
  readonly signal: AbortSignal;
}

/** A client for one worker. Rejections name what the hub answered. */
export function createHubClient({ url, workerId, secret, signal }: HubClientOptions): HubClient {
  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`${url}/api/bridge_worker/${workerId}${path}`, {
      method,
      signal,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`HTTP ${response.status} from the hub: ${(await response.text()).slice(0, 300)}`);
    return response;
  };
  return {
    me: async () => (await (await call('GET', '/me')).json()) as { Slug: string },
    async *events(registration) {
      const response = await call('POST', '/stream', registration);
      if (response.body !== null) yield* parseEvents(response.body.pipeThrough(new TextDecoderStream()));
    },
    report: async (result) => {
      const response = await call('POST', '/action_result', result);
      await response.arrayBuffer();
    },
  };
}

/** Lines `data: {…}`; everything else (comments, blank lines) is ignored, as the original does. */
async function* parseEvents(chunks: AsyncIterable<string>): AsyncGenerator<WorkerEvent> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines)
      if (line.startsWith('data: ')) yield JSON.parse(line.slice('data: '.length)) as WorkerEvent;
  }
}
