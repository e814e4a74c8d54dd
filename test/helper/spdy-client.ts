/** A SPDY/3.1 client as kubectl before 1.31 is one, with a compressor that is not ours: node:zlib. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { constants, createDeflate } from 'node:zlib';
import dictionary from '../../runner/sandbox/kube/streams/spdy/data/dictionary.json' with { type: 'json' };
import { adminToken } from './kube-server.ts';

export interface SpdyClient {
  /** The first line of the answer to the handshake. */
  readonly status: string;
  /** Opens a stream; returns its id. */
  open(headers: Readonly<Record<string, string>>): Promise<number>;
  send(stream: number, text: string, isLast?: boolean): void;
  sendRaw(bytes: Uint8Array): void;
  /** All frames so far: `2:1` is the reply to stream 1, `data:3:last` the end of stream 3. */
  frames(): readonly string[];
  /** What came on a stream. */
  text(stream: number): string;
  /** Resolves when the server has hung up. */
  ended(): Promise<void>;
  close(): void;
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const sized = (text: string): Buffer => Buffer.concat([number(text.length), Buffer.from(text)]);

/** Opens `path` of a server of plain HTTP. */
export async function openSpdyClient(url: string, path: string, protocol: string): Promise<SpdyClient> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  await once(socket, 'connect');
  const headers = {
    host: '127.0.0.1',
    authorization: `Bearer ${adminToken}`,
    connection: 'Upgrade',
    upgrade: 'SPDY/3.1',
    'x-stream-protocol-version': protocol,
    'content-length': '0',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const received = collect(socket);
  const closed = once(socket, 'close');
  while (!received.bytes().includes('\r\n\r\n')) await once(socket, 'data');
  const all = received.bytes();
  const start = all.indexOf('\r\n\r\n') + 4;
  const compress = compressor();
  let next = -1;
  const frames = (): ReturnType<typeof split> => split(received.bytes().subarray(start));
  return {
    status: all.subarray(0, all.indexOf('\r\n')).toString(),
    open: async (wanted) => {
      next += 2;
      const block = await compress(wanted);
      const content = Buffer.concat([number(next), number(0), Buffer.alloc(2), block]);
      socket.write(Buffer.concat([number(0x80_03_00_01), number(content.length), content]));
      return next;
    },
    send: (stream, text, isLast = false) => {
      const content = Buffer.from(text);
      const head = [number(stream), number(content.length + (isLast ? 0x01_00_00_00 : 0))];
      socket.write(Buffer.concat([...head, content]));
    },
    sendRaw: (bytes) => void socket.write(bytes),
    frames: () => frames().map(({ name }) => name),
    text: (stream) =>
      frames()
        .filter((frame) => frame.stream === stream)
        .map(({ content }) => content.toString())
        .join(''),
    ended: async () => void (await closed),
    close: () => socket.destroy(),
  };
}

function collect(socket: Socket): { bytes(): Buffer } {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { bytes: () => Buffer.concat(chunks) };
}

function compressor(): (headers: Readonly<Record<string, string>>) => Promise<Buffer> {
  const words = dictionary.words.map((word) => sized(word));
  const deflate = createDeflate({ dictionary: Buffer.concat([...words, Buffer.from(dictionary.rest)]) });
  const output: Buffer[] = [];
  deflate.on('data', (chunk: Buffer) => output.push(chunk));
  return async (headers) => {
    const entries = Object.entries(headers);
    const texts = entries.flatMap(([name, value]) => [sized(name), sized(value)]);
    deflate.write(Buffer.concat([number(entries.length), ...texts]));
    await new Promise<void>((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, resolve));
    return Buffer.concat(output.splice(0));
  };
}

interface Frame {
  readonly name: string;
  /** Undefined for control frames. */
  readonly stream: number | undefined;
  readonly content: Buffer;
}

function split(bytes: Buffer): Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const first = bytes.readUInt32BE(at);
    const length = bytes.readUIntBE(at + 5, 3);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (content.length < length) break;
    const ending = bytes[at + 4] === 1 ? ':last' : '';
    const isData = first < 0x80_00_00_00;
    const subject = isData ? first : content.readUInt32BE(0);
    const name = isData ? `data:${first}${ending}` : `${first & 0xff_ff}:${subject}`;
    frames.push({ name, stream: isData ? first : undefined, content });
    at += 8 + length;
  }
  return frames;
}
