/** Port forwarding by WebSocket channels: two for each port of the request (cri/streaming/portforward, websocket.go). */
import type { UpgradedConnection } from '../../http/http.ts';
import { badRequest } from '../errors.ts';
import { answerHttp } from './answer-http.ts';
import { ByteQueue, joinBytes, textBytes } from './bytes.ts';
import type { PodPorts } from './pod-ports.ts';
import { openWebSocket } from './web-socket.ts';

/** The ports that a request names. Throws ApiError 400. */
export function readPorts(query: URLSearchParams): readonly number[] {
  const texts = query.getAll('ports').flatMap((text) => text.split(','));
  if (texts.length === 0) throw badRequest('query parameter "ports" is required');
  return texts.map((text) => {
    const port = Number(text);
    if (!/^\d+$/v.test(text) || port > 65_535) throw badRequest(`unable to parse "${text}" as a port`);
    if (port < 1) throw badRequest(`port "${text}" must be > 0`);
    return port;
  });
}

/** Serves the ports, each once, and ends the connection when all are done. */
export function forwardChannels(
  connection: UpgradedConnection,
  ports: PodPorts,
  numbers: readonly number[],
): void {
  const queues = numbers.map(() => new ByteQueue());
  const link = openWebSocket(connection, {
    message: (content) => {
      const [channel = 0] = content;
      if (channel % 2 === 0) queues[channel / 2]?.push(content.subarray(1));
    },
    closed: () => {
      for (const queue of queues) queue.end();
    },
  });
  const send = (channel: number, content: Uint8Array): void =>
    link.send(joinBytes(Uint8Array.of(channel), content));
  const served = numbers.map(async (port, index) => {
    const number = Uint8Array.of(port & 0xff, port >> 8);
    send(index * 2, number);
    send(index * 2 + 1, number);
    const refusal = ports.refuse(port);
    if (refusal !== undefined) {
      send(index * 2 + 1, textBytes(refusal));
      return;
    }
    const received = queues[index] ?? new ByteQueue();
    const write = (content: Uint8Array): void => send(index * 2, content);
    await answerHttp({ received, write }, (path) => ports.request(port, path));
  });
  void Promise.all(served).then(() => link.close());
}
