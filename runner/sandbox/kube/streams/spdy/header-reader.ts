/**
 * The headers of SPDY/3 streams: names and values after their lengths, all blocks of a connection compressed as one stream
 * by zlib with a dictionary. Inflating is the platform's own, which knows no dictionaries: it is given ours as its first block.
 */
import { ByteQueue, joinBytes, numberBytes, textBytes } from '../bytes.ts';
import dictionary from './data/dictionary.json' with { type: 'json' };

const primer = joinBytes(
  ...dictionary.words.map((word) => joinBytes(numberBytes(word.length), textBytes(word))),
  textBytes(dictionary.rest),
);
const longestText = 8192;
const mostHeaders = 64;

/** Names in lower case. */
export type SpdyHeaders = ReadonlyMap<string, string>;

/** Reads one connection's header blocks, in the order in which they came. */
export class HeaderReader {
  readonly #inflater = new DecompressionStream('deflate-raw');
  readonly #writer = this.#inflater.writable.getWriter();
  readonly #inflated = new ByteQueue();
  #isFirst = true;

  constructor() {
    void this.#pump();
    this.#inflate(storedBlock(primer));
  }

  /** Undefined where the block is not what SPDY says. */
  async read(block: Uint8Array): Promise<SpdyHeaders | undefined> {
    // zlib's own head: two bytes, and four that name the dictionary.
    const head = this.#isFirst ? ((block[1] ?? 0) & 0x20 ? 6 : 2) : 0;
    this.#isFirst = false;
    this.#inflate(block.subarray(head));
    const count = await this.#readNumber();
    if (count === undefined || count > mostHeaders) return undefined;
    const headers = new Map<string, string>();
    for (let index = 0; index < count; index += 1) {
      const [name, value] = [await this.#readText(), await this.#readText()];
      if (name === undefined || value === undefined) return undefined;
      headers.set(name.toLowerCase(), value);
    }
    return headers;
  }

  close(): void {
    this.#inflated.end();
    // What was not compressed as it should be has been noticed by whoever reads.
    this.#writer.abort().catch(() => undefined);
  }

  #inflate(bytes: Uint8Array): void {
    this.#writer.write(Uint8Array.from(bytes)).catch(() => this.#inflated.end());
  }

  async #pump(): Promise<void> {
    try {
      let skipped = 0;
      for await (const chunk of this.#inflater.readable) {
        const skip = Math.min(chunk.length, primer.length - skipped);
        skipped += skip;
        this.#inflated.push(chunk.subarray(skip));
      }
    } catch {
      // The same failure ends the queue above, and the connection with it.
    }
    this.#inflated.end();
  }

  async #readNumber(): Promise<number | undefined> {
    const bytes = await this.#inflated.take(4);
    return bytes?.reduce((sum, byte) => sum * 256 + byte, 0);
  }

  async #readText(): Promise<string | undefined> {
    const length = await this.#readNumber();
    if (length === undefined || length > longestText) return undefined;
    const bytes = await this.#inflated.take(length);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }
}

/** Bytes as DEFLATE holds them uncompressed; more blocks follow. */
export function storedBlock(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  const low = length & 0xff;
  const high = length >> 8;
  return joinBytes(Uint8Array.of(0, low, high, low ^ 0xff, high ^ 0xff), bytes);
}
