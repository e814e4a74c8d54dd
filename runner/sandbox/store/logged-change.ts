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
  readonly #texts: ChangedTexts;

  constructor(version: number, table: string, texts: ChangedTexts) {
    this.version = version;
    this.table = table;
    this.key = texts.key;
    this.#texts = texts;
  }

  /** In characters: what it costs to remember. */
  get size(): number {
    return (this.#texts.value?.length ?? 0) + (this.#texts.before?.length ?? 0);
  }

  /** A copy for each who asks: what was read would take ten times the text's room for as long as the log lives. */
  get value(): unknown {
    return parse(this.#texts.value);
  }

  get before(): unknown {
    return parse(this.#texts.before);
  }
}

function parse(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}
