/** SPDY/3.1 frames (draft-mbelshe-httpbis-spdy-00, section 2.2), as far as Kubernetes' streams use them. */
import { type ByteQueue, joinBytes, numberBytes } from '../bytes.ts';
import { storedBlock } from './header-reader.ts';

export const frameTypes = { open: 1, reply: 2, reset: 3, ping: 6, goAway: 7 } as const;

/** Flag of the last frame in this direction of a stream. */
export const LAST = 1;

const longestFrame = 1024 * 1024;
const longestContent = 0xffff;

export interface Frame {
  /** Undefined: data of a stream. */
  readonly type: number | undefined;
  /** The stream, for data and for those types that begin with one. */
  readonly stream: number;
  readonly isLast: boolean;
  readonly content: Uint8Array;
}

/** The next frame; undefined at the end, and where what comes is no frame of this version. */
export async function readFrame(received: ByteQueue): Promise<Frame | undefined> {
  const head = await received.take(8);
  if (head === undefined) return undefined;
  const view = viewOf(head);
  const isControl = view.getUint8(0) >= 0x80;
  const length = view.getUint32(4) & 0xff_ff_ff;
  if (length > longestFrame || (isControl && view.getUint16(0) !== 0x8003)) return undefined;
  const content = await received.take(length);
  if (content === undefined) return undefined;
  const isLast = (view.getUint8(4) & LAST) !== 0;
  if (!isControl) return { type: undefined, stream: view.getUint32(0), isLast, content };
  const stream = content.length < 4 ? 0 : viewOf(content).getUint32(0) & 0x7f_ff_ff_ff;
  return { type: view.getUint16(2), stream, isLast, content };
}

/** Data of a stream, in as many frames as it takes. */
export function dataFrames(stream: number, content: Uint8Array, flags = 0): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < content.length; at += longestContent) {
    const part = content.subarray(at, at + longestContent);
    parts.push(frameOf(stream, flags, part));
  }
  return joinBytes(...parts);
}

/** A control frame. */
export function controlFrame(type: number, content: Uint8Array): Uint8Array {
  return frameOf(0x80_03_00_00 + type, 0, content);
}

/** Says that a stream is taken; it has no headers, and they are in zlib's form, which is begun once per connection. */
export function replyFrame(stream: number, isFirst: boolean): Uint8Array {
  const head = isFirst ? Uint8Array.of(0x78, 0x01) : new Uint8Array();
  // The empty block is zlib's sync flush: Go's reader hands out nothing before it.
  const headers = joinBytes(head, storedBlock(numberBytes(0)), storedBlock(new Uint8Array()));
  return controlFrame(frameTypes.reply, joinBytes(numberBytes(stream), headers));
}

function frameOf(first: number, flags: number, content: Uint8Array): Uint8Array {
  const { length } = content;
  const head = numberBytes(((flags << 24) | length) >>> 0);
  return joinBytes(numberBytes(first), head, content);
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
