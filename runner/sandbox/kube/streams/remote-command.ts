/**
 * Opens a command's streams as the client asks: WebSocket channels (kubectl from 1.31 on, client-node) or SPDY streams
 * (kubectl before). The kubelet's refusals come before the upgrade, except where the API server upgrades first (v5).
 */
import type { HttpRequest, UpgradedConnection } from '../../http/http.ts';
import { readFlag } from '../api/request.ts';
import { respondText } from '../api/respond.ts';
import type { JsonObject } from '../kube.ts';
import { joinBytes, textBytes } from './bytes.ts';
import { openSpdy, type SpdyStream } from './spdy/session.ts';
import { upgradeToSpdy } from './spdy/upgrade.ts';
import type { Command, CommandStreams, UpgradeAnswer } from './streams.ts';
import { acceptHeaders, offeredProtocols, openWebSocket } from './web-socket.ts';

const channels = { output: 1, status: 3 } as const;
const newest = 'v5.channel.k8s.io';
const commonest = 'v4.channel.k8s.io';

/** Whatever `HttpRequest` holds of how the streams shall be. */
type Wishes = Pick<HttpRequest, 'headers' | 'query'>;

/** Upgrades to the streams of `command`; `refusal` is what the kubelet answers in its place. */
export async function upgradeToCommand(
  wishes: Wishes,
  command: Command,
  refusal?: string,
): Promise<UpgradeAnswer> {
  const offered = offeredProtocols(wishes.headers);
  if (offered === undefined) {
    return refusal === undefined ? upgradeToStreams(wishes, command) : respondText(500, refusal);
  }
  const protocol = [newest, commonest].find((known) => offered.includes(known));
  if (protocol === undefined) {
    const words = `unable to upgrade websocket connection: requested protocol(s) are not supported: [${offered.join(' ')}]`;
    return respondText(403, words);
  }
  if (refusal !== undefined && protocol !== newest) return respondText(500, refusal);
  return {
    headers: await acceptHeaders(wishes.headers['sec-websocket-key'] ?? '', protocol),
    accept: (connection) => {
      const refused = `unable to upgrade connection: ${refusal}`;
      const streams = openChannels(connection, wishes, () => command.stop());
      if (refusal === undefined) command.start(streams);
      else streams.end(internalError(refused));
    },
  };
}

/** The Status of an error that is no client's fault. */
function internalError(words: string): JsonObject {
  return {
    metadata: {},
    status: 'Failure',
    message: `Internal error occurred: ${words}`,
    reason: 'InternalError',
    details: { causes: [{ message: words }] },
    code: 500,
  };
}

/** The first byte of a message says which stream it belongs to. What the client types goes nowhere: nothing reads it. */
function openChannels(connection: UpgradedConnection, wishes: Wishes, closed: () => void): CommandStreams {
  const link = openWebSocket(connection, { message: () => undefined, closed });
  const send = (channel: number, text: string): void =>
    link.send(joinBytes(Uint8Array.of(channel), textBytes(text)));
  return {
    write: (text) => {
      if (readFlag(wishes.query, 'stdout')) send(channels.output, throughTerminal(wishes, text));
    },
    end: (status) => {
      send(channels.status, JSON.stringify(status));
      link.close();
    },
  };
}

function upgradeToStreams(wishes: Wishes, command: Command): UpgradeAnswer {
  const { headers, query } = wishes;
  const isWanted = (name: string): boolean => readFlag(query, name);
  const expected = ['error', ...['stdin', 'stdout', 'stderr'].filter(isWanted)];
  return upgradeToSpdy(headers, commonest, (connection) => {
    const streams = new Map<string, SpdyStream>();
    const isWhole = (): boolean => expected.every((name) => streams.has(name));
    const opened = (stream: SpdyStream): void => {
      const wasWhole = isWhole();
      streams.set(stream.headers.get('streamtype') ?? '', stream);
      if (!wasWhole && isWhole()) command.start(streamsOf(connection, streams, wishes));
    };
    openSpdy(connection, opened, () => command.stop());
  });
}

function streamsOf(
  connection: UpgradedConnection,
  streams: ReadonlyMap<string, SpdyStream>,
  wishes: Wishes,
): CommandStreams {
  return {
    write: (text) => streams.get('stdout')?.write(textBytes(throughTerminal(wishes, text))),
    end: (status) => {
      streams.get('error')?.write(textBytes(JSON.stringify(status)));
      for (const stream of streams.values()) stream.end();
      connection.close();
    },
  };
}

/** A terminal begins each line at its left. */
function throughTerminal({ query }: Wishes, text: string): string {
  return readFlag(query, 'tty') ? text.replaceAll('\n', '\r\n') : text;
}
