/** The streams that a client opens on a SPDY/3.1 connection. Windows are not kept: neither side of Kubernetes does. */
import type { UpgradedConnection } from '../../../http/http.ts';
import { ByteQueue, joinBytes, numberBytes } from '../bytes.ts';
import { controlFrame, dataFrames, type Frame, frameTypes, LAST, readFrame, replyFrame } from './frames.ts';
import { HeaderReader, type SpdyHeaders } from './header-reader.ts';

const cancelled = 5;

/** One stream, opened by the client and accepted. */
export class SpdyStream {
  readonly id: number;
  readonly headers: SpdyHeaders;
  /** What the client sends, until its half ends. */
  readonly received: ByteQueue = new ByteQueue();
  readonly #connection: Pick<UpgradedConnection, 'write'>;
  #isOver = false;

  /** Nothing comes and nothing goes any more. */
  get isDone(): boolean {
    return this.#isOver && this.received.isOver;
  }

  constructor(id: number, headers: SpdyHeaders, connection: Pick<UpgradedConnection, 'write'>) {
    this.id = id;
    this.headers = headers;
    this.#connection = connection;
  }

  write(content: Uint8Array): void {
    if (!this.#isOver && content.length > 0) this.#connection.write(dataFrames(this.id, content));
  }

  /** Nothing more comes from this side. */
  end(): void {
    if (!this.#isOver) this.#connection.write(dataFrames(this.id, new Uint8Array(), LAST));
    this.#isOver = true;
  }

  /** Neither side has anything more to say. */
  reset(): void {
    if (!this.#isOver)
      this.#connection.write(
        controlFrame(frameTypes.reset, joinBytes(numberBytes(this.id), numberBytes(cancelled))),
      );
    this.abandon();
  }

  /** The client does not listen any more. */
  abandon(): void {
    this.#isOver = true;
    this.received.end();
  }
}

/** Speaks SPDY on `connection`: `opened` gets each stream, `closed` is called once when the connection is gone. */
export function openSpdy(
  connection: UpgradedConnection,
  opened: (stream: SpdyStream) => void,
  closed: () => void,
): void {
  const received = new ByteQueue();
  connection.onData((chunk) => received.push(chunk));
  connection.onClose(() => received.end());
  void serveFrames(connection, received, opened).finally(() => {
    connection.close();
    closed();
  });
}

async function serveFrames(
  connection: UpgradedConnection,
  received: ByteQueue,
  opened: (stream: SpdyStream) => void,
): Promise<void> {
  const streams = new Map<number, SpdyStream>();
  const headerReader = new HeaderReader();
  let isFirst = true;
  for (;;) {
    const frame = await readFrame(received);
    if (frame === undefined || frame.type === frameTypes.goAway) break;
    if (frame.type === frameTypes.open) {
      // Stream, the one that it belongs to, priority and slot come before the headers.
      const headers = await headerReader.read(frame.content.subarray(10));
      if (headers === undefined) break;
      const stream = new SpdyStream(frame.stream, headers, connection);
      connection.write(replyFrame(stream.id, isFirst));
      isFirst = false;
      for (const { id, isDone } of streams.values()) if (isDone) streams.delete(id);
      streams.set(stream.id, stream);
      if (frame.isLast) stream.received.end();
      opened(stream);
    } else follow(connection, streams.get(frame.stream), frame);
  }
  headerReader.close();
  for (const stream of streams.values()) stream.abandon();
}

function follow(connection: UpgradedConnection, stream: SpdyStream | undefined, frame: Frame): void {
  switch (frame.type) {
    case undefined:
      stream?.received.push(frame.content);
      if (frame.isLast) stream?.received.end();
      break;
    case frameTypes.reset:
      stream?.abandon();
      break;
    case frameTypes.ping:
      connection.write(controlFrame(frameTypes.ping, frame.content));
      break;
    default:
    // Settings and windows: nothing here depends on them.
  }
}
