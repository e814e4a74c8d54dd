/** The one file that touches node:sqlite: a database that prepares each statement once and can be copied whole. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { SqlValue } from './store.ts';

export type SqlRow = Readonly<Record<string, SqlValue | Uint8Array>>;

export interface Database {
  exec(sql: string): void;
  run(sql: string, params: readonly SqlValue[]): void;
  get(sql: string, params: readonly SqlValue[]): SqlRow | undefined;
  all(sql: string, params: readonly SqlValue[]): SqlRow[];
  dump(): Uint8Array;
  close(): void;
}

/** Another process, or another part of this one, has the database file open. */
export class DatabaseInUse extends Error {
  constructor(file: string, options: ErrorOptions) {
    super(`${file} is in use`, options);
  }
}

const SQLITE_BUSY = 5;

/** Rows of entities are 1 to 4 KB: in SQLite's 4 KB pages they leave much space and some overflow, which costs speed too. */
const PAGE_SIZE = 16_384;

/**
 * For files. The write-ahead log makes each commit one append: a process that is killed at any moment leaves all
 * committed transactions and no part of another. `NORMAL` leaves the flush to the checkpoints: a power cut may take the last
 * transactions, never the file. `EXCLUSIVE` is also the lock against a second process; the system drops it with the process,
 * so no stale lock can stay. Keys are random, so a bulk write touches pages everywhere: a cache that holds them (in KiB, hence the
 * minus) makes it about twice as fast.
 */
const FILE_SETTINGS =
  'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536';

/**
 * Opens `file` (`:memory:` or a path). With `snapshot` the content is replaced by that dump first. Throws DatabaseInUse, and
 * what SQLite says of a file that it cannot use.
 */
export function openDatabase(file: string, snapshot?: Uint8Array): Database {
  const database = new DatabaseSync(file);
  try {
    database.exec(`PRAGMA page_size = ${PAGE_SIZE}`);
    if (file !== ':memory:') database.exec(FILE_SETTINGS);
    if (snapshot !== undefined) loadSnapshot(database, snapshot);
  } catch (error) {
    database.close();
    const busy = error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
    throw busy ? new DatabaseInUse(file, { cause: error }) : error;
  }
  return prepareOnce(database);
}

function prepareOnce(database: DatabaseSync): Database {
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const made = database.prepare(sql);
    if (prepared.size > 500) prepared.clear();
    prepared.set(sql, made);
    return made;
  };
  return {
    exec: (sql) => database.exec(sql),
    run: (sql, params) => void statement(sql).run(...params),
    get: (sql, params) => statement(sql).get(...params),
    all: (sql, params) => statement(sql).all(...params),
    dump: () => dump(database),
    close: () => database.close(),
  };
}

function dump(database: DatabaseSync): Uint8Array {
  return withTemporaryFile((path) => {
    database.prepare('VACUUM INTO ?').run(path);
    return new Uint8Array(readFileSync(path));
  });
}

function loadSnapshot(database: DatabaseSync, snapshot: Uint8Array): void {
  withTemporaryFile((path) => {
    writeFileSync(path, snapshot);
    database.prepare('ATTACH ? AS snapshot').run(path);
    const tables = database
      .prepare(
        "SELECT name, sql FROM snapshot.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      .all() as { name: string; sql: string }[];
    database.exec('BEGIN');
    for (const { name, sql } of tables) {
      database.exec(`DROP TABLE IF EXISTS main."${name}"`);
      database.exec(sql);
      database.exec(`INSERT INTO main."${name}" SELECT * FROM snapshot."${name}"`);
    }
    database.exec('COMMIT; DETACH snapshot');
  });
}

function withTemporaryFile<R>(work: (path: string) => R): R {
  const folder = mkdtempSync(join(tmpdir(), 'mtx-snapshot-'));
  try {
    return work(join(folder, 'state.sqlite'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
