/** A hub in a file is killed again and again while it writes. What was answered must be there, and nothing by halves. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type {
  Mutation,
  QueuedOperation,
  Revision,
  Space,
  Unit,
  UnitEvent,
} from '../../runner/sandbox/hub/entities.ts';
import { openStore } from '../../runner/sandbox/store/open.ts';
import type { Store } from '../../runner/sandbox/store/store.ts';
import { connectWorker, openTestHub, pickText, report } from '../support/hub.ts';
import { BASE_UNITS } from '../support/hub-writer.ts';

const WRITER = fileURLToPath(new URL('../support/hub-writer.ts', import.meta.url));
/** How long each writer may write after its first answer, in milliseconds. */
const LIVES = [0, 3, 11, 17, 29, 41, 53, 67, 83, 101, 127, 149];

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mtx-durable-'));
  file = join(folder, 'hub.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Starts a writer, kills it, and gives the last version that it had told of. */
async function writeAndKill(life: number): Promise<number> {
  const child = spawn(process.execPath, [WRITER, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    if (out === '') setTimeout(() => child.kill('SIGKILL'), life);
    out += chunk.toString();
  });
  const signal = await new Promise((resolve) => void child.on('close', (_code, name) => resolve(name)));
  expect([signal, err]).toEqual(['SIGKILL', '']);
  return Number(out.split('\n').at(-2));
}

function checkFile(): void {
  const database = new DatabaseSync(file);
  expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'meta'")
    .all();
  const newest = tables.map(({ name }) =>
    Number(database.prepare(`SELECT max(version) AS v FROM "${String(name)}"`).get()?.['v']),
  );
  const stored = Number(database.prepare("SELECT number FROM meta WHERE name = 'version'").get()?.['number']);
  expect(Math.max(...newest)).toBe(stored);
  database.close();
}

function valuesOf<T>(store: Store, table: string): T[] {
  return store
    .table<T>(table)
    .list()
    .map(({ value }) => value);
}

function checkContent(store: Store): void {
  const units = valuesOf<Unit>(store, 'unit');
  const revisions = store.table<Revision>('revision');
  for (const unit of units) {
    const own = revisions.list({ prefix: `${unit.UnitID}/` }).map(({ value }) => value);
    expect(own.map(({ RevisionNum }) => RevisionNum)).toEqual(own.map((_, index) => index + 1));
    expect(own.at(-1)).toMatchObject({ RevisionNum: unit.HeadRevisionNum, Data: unit.Data });
    expect(store.table<Mutation>('mutation').count({ prefix: `${unit.UnitID}/` })).toBe(unit.HeadMutationNum);
  }
  for (const { SpaceID, Slug } of valuesOf<Space>(store, 'space')) {
    const own = units.filter((unit) => unit.SpaceID === SpaceID);
    expect([0, BASE_UNITS], `units of ${Slug}`).toContain(own.length);
    if (Slug === 'base')
      expect(new Set(own.map(({ Labels, Data }) => `${Labels['Round']} ${Data}`)).size).toBe(1);
  }
  expect(new Set(units.map(({ UnitID }) => UnitID)).size).toBe(units.length);
  const events = store.table<UnitEvent>('unit_event');
  for (const { key, value } of store.table<QueuedOperation>('queued_operation').list())
    expect(events.get(key)?.value.Status).toBe(value.Status);
}

test('a killed hub comes back whole, with all that it answered, and what was under way is sent again', async () => {
  let before = 0;
  for (const life of LIVES) {
    const promised = await writeAndKill(life);
    checkFile();
    const store = openStore({ file });
    expect(store.version()).toBeGreaterThanOrEqual(promised);
    expect(promised).toBeGreaterThan(before);
    before = store.version();
    checkContent(store);
    store.close();
  }
  await finishOperations();
}, 120_000);

/** The worker comes back, gets what it had not ended, one operation per unit at a time, and ends it. */
async function finishOperations(): Promise<void> {
  const hub = openTestHub(openStore({ file }));
  const open = (): QueuedOperation[] =>
    valuesOf<QueuedOperation>(hub.store, 'queued_operation').filter(({ Status }) => Status !== 'Completed');
  expect(open().length).toBeGreaterThan(0);
  const workers = (await hub.call('GET', '/bridge_worker')).json;
  const worker = {
    id: pickText(workers, '0.BridgeWorker.BridgeWorkerID'),
    secret: pickText(workers, '0.BridgeWorker.Secret'),
  };
  const stream = await connectWorker(hub, worker);
  for (let done = 0; done < stream.work().length; done += 1) {
    await report(hub, worker, stream.work()[done], { Status: 'Completed', Result: 'ApplyCompleted' });
    await Promise.resolve();
  }
  expect(open()).toEqual([]);
  hub.close();
}

test('two processes cannot have it at once', async () => {
  const store = openStore({ file });
  store.table('a').put('k', 1);
  const second = spawn(process.execPath, [WRITER, file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  second.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await new Promise((resolve) => void second.on('close', resolve));
  expect(err).toContain('DatabaseInUse');
  expect(() => openStore({ file })).toThrow('is in use');
  store.close();
  openStore({ file }).close();
});
