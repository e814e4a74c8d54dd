/** The API as a client that reads answers and does nothing else with them: what it costs itself is not measured. */
import { Agent, request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Place } from './messages.ts';

export interface Call {
  readonly body?: unknown;
  readonly accept?: string;
  readonly type?: string;
}

export interface Client {
  /** The answer's text. Rejects where it is no success. */
  send(method: string, path: string, call?: Call): Promise<string>;
  /** Calls `line` for each line of a watch, until `close`. Resolves when it is open. */
  watch(path: string, line: (text: string) => void): Promise<void>;
  close(): void;
}

/** A client with connections of its own. */
export function openClient({ url, authority, token }: Place): Client {
  const agent = new Agent({ keepAlive: true, ca: authority });
  const ask = (method: string, path: string, call: Call = {}): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        accept: call.accept ?? 'application/json',
        ...(call.body === undefined ? {} : { 'content-type': call.type ?? 'application/json' }),
      };
      const sent = request(`${url}${path}`, { method, agent, headers }, resolve);
      sent.on('error', reject);
      sent.end(call.body === undefined ? undefined : JSON.stringify(call.body));
    });
  return {
    async send(method, path, call) {
      const answer = await ask(method, path, call);
      const chunks: Buffer[] = [];
      for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      if ((answer.statusCode ?? 500) >= 300) throw new Error(`${method} ${path}: ${text}`);
      return text;
    },
    async watch(path, line) {
      const answer = await ask('GET', path);
      let rest = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        const lines = `${rest}${chunk}`.split('\n');
        rest = lines.pop() ?? '';
        for (const text of lines) line(text);
      });
    },
    close: () => agent.destroy(),
  };
}
