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

/** Opens `file` (`:memory:` or a path). With `snapshot` the content is replaced by that dump first. */
export function openDatabase(file: string, snapshot?: Uint8Array): Database {
  const database = new DatabaseSync(file);
  if (snapshot !== undefined) loadSnapshot(database, snapshot);
  if (file !== ':memory:') database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
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
    for (const { name, sql } of tables) {
      database.exec(`DROP TABLE IF EXISTS main."${name}"`);
      database.exec(sql);
      database.exec(`INSERT INTO main."${name}" SELECT * FROM snapshot."${name}"`);
    }
    database.exec('DETACH snapshot');
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
