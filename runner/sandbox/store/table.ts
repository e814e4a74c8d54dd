/** One table of the store: rows of JSON under keys. Each write goes through the store, which counts and logs it. */
import type { ChangedTexts } from './logged-change.ts';
import type { Row, SqlCondition, Table } from './store.ts';
import type { Database, SqlRow } from './sqlite.ts';

/** A write's result and its change. Without a change the version does not move. */
export interface Written<R> {
  readonly result: R;
  readonly change?: ChangedTexts;
}

/** Runs a write with the version that it gets, in a transaction. */
export type Writer = <R>(write: (version: number) => Written<R>) => R;

/** A table that is there already. */
export class SqliteTable<T> implements Table<T> {
  readonly name: string;
  readonly #database: Database;
  readonly #write: Writer;

  constructor(name: string, database: Database, write: Writer) {
    this.name = name;
    this.#database = database;
    this.#write = write;
  }

  get(key: string): Row<T> | undefined {
    const row = this.#database.get(`SELECT key, version, value FROM "${this.name}" WHERE key = ?`, [key]);
    return row === undefined ? undefined : toRow<T>(row);
  }

  list(options: { readonly prefix?: string; readonly where?: SqlCondition } = {}): Row<T>[] {
    const range = keyRange(options.prefix);
    const conditions = [range, options.where].filter((condition) => condition !== undefined);
    const filter =
      conditions.length === 0 ? '' : ` WHERE ${conditions.map(({ sql }) => `(${sql})`).join(' AND ')}`;
    // The plus makes SQLite go through the rows as they lie and sort what it found; by the key's index it would jump about.
    const sql = `SELECT key, version, value FROM "${this.name}"${filter} ORDER BY +key`;
    return this.#database
      .all(
        sql,
        conditions.flatMap(({ params }) => params),
      )
      .map((row) => toRow<T>(row));
  }

  count(options: { readonly prefix?: string } = {}): number {
    const range = keyRange(options.prefix);
    const filter = range === undefined ? '' : ` WHERE ${range.sql}`;
    return Number(
      this.#database.get(`SELECT count(*) AS n FROM "${this.name}"${filter}`, range?.params ?? [])?.['n'] ??
        0,
    );
  }

  put(key: string, value: T | ((version: number) => T)): Row<T> {
    return this.#write((version) => {
      const before = this.#text(key);
      const made = typeof value === 'function' ? (value as (version: number) => T)(version) : value;
      const text = JSON.stringify(made);
      this.#database.run(upsert(this.name), [key, version, text]);
      return {
        result: {
          key,
          version,
          // Few ask for it, and nobody shares what was put.
          get value(): T {
            return JSON.parse(text) as T;
          },
        },
        change: { key, value: text, ...(before === undefined ? {} : { before }) },
      };
    });
  }

  delete(key: string): Row<T> | undefined {
    return this.#write<Row<T> | undefined>((version) => {
      const before = this.#text(key);
      if (before === undefined) return { result: undefined };
      this.#database.run(`DELETE FROM "${this.name}" WHERE key = ?`, [key]);
      return {
        result: { key, version, value: JSON.parse(before) as T },
        change: { key, before },
      };
    });
  }

  #text(key: string): string | undefined {
    const row = this.#database.get(`SELECT value FROM "${this.name}" WHERE key = ?`, [key]);
    return row === undefined ? undefined : String(row['value']);
  }
}

/** In place: `INSERT OR REPLACE` would move the row to the end of its table. */
function upsert(table: string): string {
  return `INSERT INTO "${table}" (key, version, value) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET version = excluded.version, value = excluded.value`;
}

function toRow<T>(row: SqlRow): Row<T> {
  return {
    key: String(row['key']),
    version: Number(row['version']),
    value: JSON.parse(String(row['value'])) as T,
  };
}

function keyRange(prefix: string | undefined): SqlCondition | undefined {
  return prefix === undefined || prefix === ''
    ? undefined
    : { sql: 'key >= ? AND key < ?', params: [prefix, `${prefix}\u{10ffff}`] };
}
