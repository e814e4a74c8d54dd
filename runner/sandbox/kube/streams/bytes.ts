/** Bytes that come in pieces of any size and are taken in the sizes that a protocol asks for. */

/** All of `parts`, one after the other. */
export function joinBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Four bytes, the highest first. */
export function numberBytes(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff);
}

/** Text in UTF-8. */
export function textBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** One reader waits for what a connection brings. */
export class ByteQueue {
  #held: Uint8Array = new Uint8Array();
  #isOver = false;
  #wake: (() => void) | undefined;

  get isOver(): boolean {
    return this.#isOver;
  }

  push(chunk: Uint8Array): void {
    if (this.#isOver) return;
    this.#held = this.#held.length === 0 ? chunk : joinBytes(this.#held, chunk);
    this.#wake?.();
  }

  /** Nothing follows. */
  end(): void {
    this.#isOver = true;
    this.#wake?.();
  }

  /** Exactly `count` bytes; undefined if they never come. */
  async take(count: number): Promise<Uint8Array | undefined> {
    return (await this.#until(() => this.#held.length >= count)) ? this.#cut(count) : undefined;
  }

  /** What is there, at least one byte; undefined at the end. */
  async takeSome(): Promise<Uint8Array | undefined> {
    return (await this.#until(() => this.#held.length > 0)) ? this.#cut(this.#held.length) : undefined;
  }

  /** Text up to `mark`, which is taken too; undefined if it does not come within `limit` bytes. */
  async takeText(mark: string, limit: number): Promise<string | undefined> {
    const find = (): number => latin1(this.#held.subarray(0, limit)).indexOf(mark);
    await this.#until(() => find() >= 0 || this.#held.length >= limit);
    const at = find();
    if (at < 0) return undefined;
    return latin1(this.#cut(at + mark.length).subarray(0, at));
  }

  /** Whether it came true before the end. */
  async #until(isThere: () => boolean): Promise<boolean> {
    for (;;) {
      if (isThere()) return true;
      if (this.#isOver) return false;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #cut(count: number): Uint8Array {
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }
}

function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
