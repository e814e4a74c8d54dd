/**
 * Requests and responses as the hub and the cluster emulator see them: plain values, no node:*, so that the same code
 * can be served by a socket, called by a test, or one day run in a browser.
 */

export interface HttpRequest {
  readonly method: string;
  /** Decoded path without query, always beginning with `/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body. Rejects with BodyTooLarge over the server's limit. */
  body(): Promise<Uint8Array>;
  /** Aborted when the client goes away or the server closes. */
  readonly signal: AbortSignal;
}

/** A streamed body calls `write` until `end`; the stream's `signal` says that nobody listens any more. */
export interface BodyStream {
  /** Called once, when the headers are out. Must return quickly; keep `writer` to write later. */
  start(writer: StreamWriter): void;
}

export interface StreamWriter {
  write(chunk: string | Uint8Array): void;
  end(): void;
  readonly signal: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | BodyStream;
}

export type HttpHandler = (request: HttpRequest) => Promise<HttpResponse>;

/** A raw connection after an HTTP upgrade (exec, attach, port-forward). */
export interface UpgradedConnection {
  write(chunk: Uint8Array): void;
  onData(listener: (chunk: Uint8Array) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/** Answers an `Upgrade` request: either a plain response (refused) or the handshake's headers and who takes the connection. */
export type UpgradeHandler = (
  request: HttpRequest,
) => Promise<
  | HttpResponse
  | { readonly headers: Readonly<Record<string, string>>; accept(connection: UpgradedConnection): void }
>;

/** A body over the server's limit; handlers let it pass and the server answers 413. */
export class BodyTooLarge extends Error {
  readonly limit: number;

  constructor(limit: number) {
    super(`the request body is larger than ${limit} bytes`);
    this.limit = limit;
  }
}
