import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openStore } from '../../../runner/sandbox/store/open.ts';
import type { Change, Store } from '../../../runner/sandbox/store/store.ts';

interface Unit {
  Slug: string;
  Space: string;
  Head?: number;
}

let store: Store;
const open = (...options: Parameters<typeof openStore>): Store => (store = openStore(...options));
afterEach(() => store.close());

describe('tables', () => {
  test('give back what was put, in key order, as copies', () => {
    const units = open().table<Unit>('unit');
    units.put('b', { Slug: 'b', Space: 's' });
    units.put('a', { Slug: 'a', Space: 's' });
    const first = units.get('a');
    if (first !== undefined) first.value.Slug = 'changed by the reader';
    expect(units.list().map(({ key, value }) => [key, value.Slug])).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
    expect(units.get('c')).toBeUndefined();
  });

  test('count one version for all writes, and let a value hold its own', () => {
    const units = open().table<Unit>('unit');
    units.put('a', { Slug: 'a', Space: 's' });
    const row = store.table<Unit>('other').put('x', (version) => ({ Slug: 'x', Space: 's', Head: version }));
    expect([row.version, row.value.Head, store.version()]).toEqual([2, 2, 2]);
    expect(units.delete('nothing')).toBeUndefined();
    expect(store.version()).toBe(2);
  });

  test('list by prefix without reading a neighbour', () => {
    const units = open().table<Unit>('unit');
    for (const key of ['a/1', 'a/2', 'a0', 'b/1']) units.put(key, { Slug: key, Space: 's' });
    expect(units.list({ prefix: 'a/' }).map(({ key }) => key)).toEqual(['a/1', 'a/2']);
    expect(units.count({ prefix: 'a/' })).toBe(2);
    expect(units.count()).toBe(4);
  });

  test('select by a bound condition', () => {
    const units = open().table<Unit>('unit', { indexes: ['$.Space'] });
    units.put('a', { Slug: 'a', Space: "o'brien" });
    units.put('b', { Slug: 'b', Space: 's' });
    const where = { sql: "json_extract(value, '$.Space') = ?", params: ["o'brien"] };
    expect(units.list({ where }).map(({ key }) => key)).toEqual(['a']);
  });

  test('refuse names that are no names', () => {
    expect(() => open().table('unit"; DROP TABLE meta; --')).toThrow('not a table name');
  });
});

describe('transactions', () => {
  test('leave nothing of a failed write, versions and watchers included', () => {
    const units = open().table<Unit>('unit');
    units.put('a', { Slug: 'a', Space: 's' });
    const heard: Change[] = [];
    store.watch((change) => heard.push(change));
    expect(() =>
      store.transaction(() => {
        units.put('b', { Slug: 'b', Space: 's' });
        throw new Error('no');
      }),
    ).toThrow('no');
    expect([units.list().length, store.version(), heard.length]).toEqual([1, 1, 0]);
  });

  test('nest: an inner failure that is caught undoes only the inner part', () => {
    const units = open().table<Unit>('unit');
    store.transaction(() => {
      units.put('a', { Slug: 'a', Space: 's' });
      try {
        store.transaction(() => {
          units.put('b', { Slug: 'b', Space: 's' });
          throw new Error('inner');
        });
      } catch {
        units.put('c', { Slug: 'c', Space: 's' });
      }
    });
    expect(units.list().map(({ key }) => key)).toEqual(['a', 'c']);
    expect(store.changesSince(0)?.map(({ key, version }) => [key, version])).toEqual([
      ['a', 1],
      ['c', 2],
    ]);
  });
});

describe('changes', () => {
  test('are told after the commit, in order, with what was there before', () => {
    const units = open().table<Unit>('unit');
    const heard: [string, string | undefined, string | undefined][] = [];
    const stop = store.watch((change) => {
      const before = (change.before as Unit | undefined)?.Slug;
      heard.push([change.key, before, (change.value as Unit | undefined)?.Slug]);
    });
    units.put('a', { Slug: 'one', Space: 's' });
    units.put('a', { Slug: 'two', Space: 's' });
    units.delete('a');
    stop();
    units.put('a', { Slug: 'unheard', Space: 's' });
    expect(heard).toEqual([
      ['a', undefined, 'one'],
      ['a', 'one', 'two'],
      ['a', 'two', undefined],
    ]);
  });

  test('are kept to a length, and say when they do not reach back', () => {
    const units = open({ logLength: 10 }).table<Unit>('unit');
    for (let n = 0; n < 40; n += 1) units.put(`u${n}`, { Slug: 'u', Space: 's' });
    expect(store.changesSince(0)).toBeUndefined();
    expect(store.oldest()).toBeGreaterThan(0);
    expect(store.changesSince(store.oldest())?.length).toBe(40 - store.oldest());
    expect(store.changesSince(40)).toEqual([]);
  });
});

describe('durability', () => {
  test('a file and a snapshot hold the same content and version', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mtx-store-'));
    try {
      const file = join(folder, 'state.sqlite');
      open({ file }).table<Unit>('unit').put('a', { Slug: 'a', Space: 's' });
      const snapshot = store.snapshot();
      store.close();
      for (const options of [{ file }, { snapshot }]) {
        open(options);
        expect(store.table<Unit>('unit').get('a')?.value.Slug).toBe('a');
        expect(store.version()).toBe(1);
        if ('file' in options) store.close();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
