/** WebSockets (RFC 6455) from the server's side: the handshake, messages of bytes both ways, and the farewell. */
import type { UpgradedConnection } from '../../http/http.ts';
import { ByteQueue, joinBytes } from './bytes.ts';

const accepting = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
const endings = { normal: 1000, protocolError: 1002, tooBig: 1009 } as const;
const messageLimit = 4 * 1024 * 1024;

/** Messages of bytes. */
export interface WebSocketLink {
  send(message: Uint8Array): void;
  /** Says that all is said, and ends the connection. */
  close(): void;
}

export interface WebSocketListeners {
  message(content: Uint8Array): void;
  /** The client is gone, or has said farewell. */
  closed(): void;
}

/** Whether the client asks for a WebSocket, and by which protocols it would speak. */
export function offeredProtocols(headers: Readonly<Record<string, string>>): readonly string[] | undefined {
  if (headers['sec-websocket-key'] === undefined) return undefined;
  return (headers['sec-websocket-protocol'] ?? '').split(',').map((one) => one.trim());
}

/** The headers of the server's half of the handshake. */
export async function acceptHeaders(key: string, protocol: string): Promise<Record<string, string>> {
  const bytes = new TextEncoder().encode(`${key}${accepting}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
  return {
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-accept': btoa(String.fromCodePoint(...digest)),
    'sec-websocket-protocol': protocol,
  };
}

/** Speaks WebSocket on a connection whose handshake is done. */
export function openWebSocket(connection: UpgradedConnection, listeners: WebSocketListeners): WebSocketLink {
  const received = new ByteQueue();
  connection.onData((chunk) => received.push(chunk));
  connection.onClose(() => received.end());
  let isOver = false;
  const close = (code: number): void => {
    if (isOver) return;
    isOver = true;
    connection.write(frameOf(opcodes.close, Uint8Array.of(code >> 8, code & 0xff)));
    received.end();
    connection.close();
  };
  const answerPing = (content: Uint8Array): void => connection.write(frameOf(opcodes.pong, content));
  const serve = async (): Promise<void> => {
    const code = await readMessages(received, listeners, answerPing);
    if (code !== undefined) close(code);
    listeners.closed();
  };
  void serve();
  return {
    send: (message) => connection.write(frameOf(opcodes.binary, message)),
    close: () => close(endings.normal),
  };
}

/** Until the client ends; returns the code to say farewell with, or undefined where there is nobody to say it to. */
async function readMessages(
  received: ByteQueue,
  listeners: WebSocketListeners,
  answerPing: (content: Uint8Array) => void,
): Promise<number | undefined> {
  let parts: Uint8Array[] = [];
  for (;;) {
    const frame = await readFrame(received);
    if (frame === undefined || typeof frame === 'number') return frame;
    const { opcode, isLast, content } = frame;
    if (opcode === opcodes.close) return endings.normal;
    if (opcode === opcodes.ping) answerPing(content);
    if (opcode > opcodes.binary) continue;
    parts.push(content);
    if (parts.reduce((sum, { length }) => sum + length, 0) > messageLimit) return endings.tooBig;
    if (!isLast) continue;
    listeners.message(joinBytes(...parts));
    parts = [];
  }
}

interface Frame {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly content: Uint8Array;
}

/** A number is the code of what is wrong with the frame. */
async function readFrame(received: ByteQueue): Promise<Frame | number | undefined> {
  const head = await received.take(2);
  if (head === undefined) return undefined;
  const [first = 0, second = 0] = head;
  const short = second & 0x7f;
  // Clients must mask what they send.
  if (second < 0x80) return endings.protocolError;
  const long = await received.take(short === 127 ? 8 : short === 126 ? 2 : 0);
  const mask = await received.take(4);
  if (long === undefined || mask === undefined) return undefined;
  const length = short < 126 ? short : long.reduce((sum, byte) => sum * 256 + byte, 0);
  if (length > messageLimit) return endings.tooBig;
  const masked = await received.take(length);
  if (masked === undefined) return undefined;
  const content = masked.map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return { opcode: first & 0x0f, isLast: first >= 0x80, content };
}

/** A whole, unmasked frame: servers do not mask. */
function frameOf(opcode: number, content: Uint8Array): Uint8Array {
  return joinBytes(Uint8Array.from([0x80 | opcode, ...lengthOf(content)]), content);
}

function lengthOf({ length }: Uint8Array): readonly number[] {
  if (length < 126) return [length];
  if (length < 65_536) return [126, length >> 8, length & 0xff];
  return [127, 0, 0, 0, 0, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff];
}

/** A connection inside a WebSocket: its bytes are the messages. */
export function tunnel(connection: UpgradedConnection): UpgradedConnection {
  const listeners: { data: (chunk: Uint8Array) => void; close: () => void } = {
    data: () => undefined,
    close: () => undefined,
  };
  const link = openWebSocket(connection, {
    message: (content) => listeners.data(content),
    closed: () => listeners.close(),
  });
  return {
    write: (chunk) => link.send(chunk),
    onData: (listener) => {
      listeners.data = listener;
    },
    onClose: (listener) => {
      listeners.close = listener;
    },
    close: () => link.close(),
  };
}
