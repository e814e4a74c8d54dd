/** A map that forgets what was not written for longest: what a cluster remembers must not grow with its age. */

/** As many as client-go's caches hold. */
const MOST = 4096;

export class RecentMap<Value> {
  readonly #held = new Map<string, Value>();

  get(key: string): Value | undefined {
    return this.#held.get(key);
  }

  set(key: string, value: Value): void {
    this.#held.delete(key);
    this.#held.set(key, value);
    if (this.#held.size <= MOST) return;
    for (const oldest of this.#held.keys()) {
      this.#held.delete(oldest);
      break;
    }
  }
}
