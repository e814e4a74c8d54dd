/** Opens a Store: tables, one version counter and a change log in one SQLite database. */
import { LoggedChange } from './logged-change.ts';
import type { Change, Store, Table, TableOptions } from './store.ts';
import { openDatabase, type Database } from './sqlite.ts';
import { SqliteTable, type Written } from './table.ts';

/** How many changes the log keeps: enough for any watch that is still alive, small enough to stay in memory. */
const LOG_LENGTH = 20_000;
/** And how many characters of what was written: a thousand pods that start are 20,000 changes and would be 200 MB. */
const LOG_SIZE = 48_000_000;

export interface StoreOptions {
  /** A database file; absent: in memory. */
  readonly file?: string;
  /** Content to start from, from `Store.snapshot`. */
  readonly snapshot?: Uint8Array;
  readonly logLength?: number;
}

/** Opens the store. Throws DatabaseInUse, or whatever SQLite says of a file that is no database or cannot be written. */
export function openStore(options: StoreOptions = {}): Store {
  const database = openDatabase(options.file ?? ':memory:', options.snapshot);
  database.exec(
    'CREATE TABLE IF NOT EXISTS "meta" (name TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID',
  );
  const versionRow = database.get('SELECT number FROM meta WHERE name = ?', ['version']);
  return new SqliteStore(database, Number(versionRow?.['number'] ?? 0), options.logLength ?? LOG_LENGTH);
}

class SqliteStore implements Store {
  readonly #database: Database;
  readonly #logLength: number;
  readonly #tables = new Map<string, Table<unknown>>();
  readonly #listeners = new Set<(change: Change) => void>();
  #log: LoggedChange[] = [];
  #logSize = 0;
  #pending: LoggedChange[] = [];
  #version: number;
  #oldest: number;
  #depth = 0;

  constructor(database: Database, version: number, logLength: number) {
    this.#database = database;
    this.#version = version;
    this.#oldest = version;
    this.#logLength = logLength;
  }

  version(): number {
    return this.#version;
  }

  oldest(): number {
    return this.#oldest;
  }

  /**
   * Rows lie in the order in which they came, and an index leads from the keys to them. Clustered by key they would lie
   * anywhere, since keys are random, and a bulk write would keep a copy of most pages for its rollback.
   */
  table<T>(name: string, options: TableOptions = {}): Table<T> {
    const known = this.#tables.get(name);
    if (known !== undefined) return known as Table<T>;
    if (!/^[a-z][a-z0-9_.-]*$/i.test(name)) throw new Error(`not a table name: ${name}`);
    this.#database.exec(
      `CREATE TABLE IF NOT EXISTS "${name}" (key TEXT PRIMARY KEY, version INTEGER NOT NULL, value TEXT NOT NULL)`,
    );
    for (const [index, path] of (options.indexes ?? []).entries()) {
      const expression = `json_extract(value, '${path.replaceAll("'", "''")}')`;
      this.#database.exec(`CREATE INDEX IF NOT EXISTS "${name}#${index}" ON "${name}" (${expression})`);
    }
    const made = new SqliteTable<unknown>(name, this.#database, (write) => this.#write(name, write));
    this.#tables.set(name, made);
    return made as Table<T>;
  }

  transaction<R>(work: () => R): R {
    if (this.#depth > 0) return this.#nested(work);
    const before = this.#version;
    this.#depth = 1;
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.run('INSERT OR REPLACE INTO meta (name, number) VALUES (?, ?)', [
        'version',
        this.#version,
      ]);
      this.#database.exec('COMMIT');
      this.#depth = 0;
      this.#publish();
      return result;
    } catch (error) {
      if (this.#depth > 0) this.#database.exec('ROLLBACK');
      this.#depth = 0;
      this.#version = before;
      this.#pending = [];
      throw error;
    }
  }

  changesSince(version: number, table?: string): Change[] | undefined {
    if (version < this.#oldest) return undefined;
    const first = lowerBound(this.#log, version);
    const changes = this.#log.slice(first);
    return table === undefined ? changes : changes.filter((change) => change.table === table);
  }

  watch(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  snapshot(): Uint8Array {
    return this.#database.dump();
  }

  close(): void {
    this.#listeners.clear();
    this.#database.close();
  }

  #nested<R>(work: () => R): R {
    const version = this.#version;
    const pending = this.#pending.length;
    const name = `nested${this.#depth}`;
    this.#depth += 1;
    this.#database.exec(`SAVEPOINT ${name}`);
    try {
      const result = work();
      this.#database.exec(`RELEASE ${name}`);
      return result;
    } catch (error) {
      this.#database.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
      this.#version = version;
      this.#pending.length = pending;
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** A write is one statement: inside a transaction it needs no savepoint. */
  #write<R>(table: string, write: (version: number) => Written<R>): R {
    if (this.#depth === 0) return this.transaction(() => this.#write(table, write));
    const version = this.#version + 1;
    const { result, change } = write(version);
    if (change !== undefined) {
      this.#version = version;
      this.#pending.push(new LoggedChange(version, table, change));
    }
    return result;
  }

  #publish(): void {
    const changes = this.#pending;
    this.#pending = [];
    for (const change of changes) {
      this.#log.push(change);
      this.#logSize += change.size;
    }
    if (this.#log.length > this.#logLength * 1.25 || this.#logSize > LOG_SIZE * 1.25) this.#forget();
    for (const change of changes) for (const listener of this.#listeners) listener(change);
  }

  /** Drops the oldest changes, so many at a time that it is seldom done. */
  #forget(): void {
    let dropped = 0;
    while (this.#log.length - dropped > this.#logLength || this.#logSize > LOG_SIZE)
      this.#logSize -= this.#log[dropped++]?.size ?? 0;
    this.#oldest = this.#log[dropped - 1]?.version ?? this.#oldest;
    this.#log = this.#log.slice(dropped);
  }
}

/** The index of the first change after `version`. */
function lowerBound(log: readonly Change[], version: number): number {
  let low = 0;
  let high = log.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((log[middle]?.version ?? 0) > version) high = middle;
    else low = middle + 1;
  }
  return low;
}
