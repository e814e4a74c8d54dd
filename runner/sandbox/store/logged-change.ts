/** One write as the log keeps it: JSON texts, read when somebody asks. Most are never looked at, and texts are small. */
import type { Change } from './store.ts';

/** What a write did to a key. `value` is absent for a delete, `before` for a create. */
export interface ChangedTexts {
  readonly key: string;
  readonly value?: string;
  readonly before?: string;
}

export class LoggedChange implements Change {
  readonly version: number;
  readonly table: string;
  readonly key: string;
  #value: string | undefined;
  #before: string | undefined;
  #read: { value?: unknown; before?: unknown } = {};

  constructor(version: number, table: string, { key, value, before }: ChangedTexts) {
    this.version = version;
    this.table = table;
    this.key = key;
    this.#value = value;
    this.#before = before;
  }

  get value(): unknown {
    if (this.#value === undefined) return undefined;
    return (this.#read.value ??= JSON.parse(this.#value));
  }

  get before(): unknown {
    if (this.#before === undefined) return undefined;
    return (this.#read.before ??= JSON.parse(this.#before));
  }
}
