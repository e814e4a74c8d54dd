/** Objects by key, in key order: to create one among thousands and to list those of a namespace costs what these cost, not all. */
import type { KubeObject } from '../kube.ts';

export class ObjectIndex {
  readonly #objects: Map<string, KubeObject>;
  readonly #keys: string[];

  constructor(entries: Iterable<readonly [string, KubeObject]>) {
    this.#objects = new Map(entries);
    this.#keys = [...this.#objects.keys()].toSorted((left, right) => (left < right ? -1 : 1));
  }

  get(key: string): KubeObject | undefined {
    return this.#objects.get(key);
  }

  /** Those whose keys begin with `prefix`, in the order of their keys. */
  list(prefix: string): KubeObject[] {
    const found: KubeObject[] = [];
    for (let at = this.#find(prefix); at < this.#keys.length; at += 1) {
      const key = this.#keys[at] ?? '';
      if (!key.startsWith(prefix)) break;
      const object = this.#objects.get(key);
      if (object !== undefined) found.push(object);
    }
    return found;
  }

  set(key: string, object: KubeObject): void {
    if (!this.#objects.has(key)) this.#keys.splice(this.#find(key), 0, key);
    this.#objects.set(key, object);
  }

  delete(key: string): void {
    if (this.#objects.delete(key)) this.#keys.splice(this.#find(key), 1);
  }

  /** Where the key is, or would be. */
  #find(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] ?? '') < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
