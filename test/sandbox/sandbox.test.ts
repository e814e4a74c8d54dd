/** The embedded world as a whole: what a folder or a snapshot brings back, and which secrets it knows of. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSandbox } from '../../runner/sandbox/open.ts';
import type { Sandbox, SandboxOptions } from '../../runner/sandbox/sandbox.ts';
import { pickText } from '../support/hub.ts';

let state: string;
const open: Sandbox[] = [];
beforeEach(() => (state = mkdtempSync(join(tmpdir(), 'mtx-sandbox-'))));
afterEach(async () => {
  for (const sandbox of open.splice(0)) await sandbox.close();
  rmSync(state, { recursive: true });
});

async function start(more: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await openSandbox({ seed: 's', kubernetesVersion: 'v1.34.4', speed: 0.1, ...more });
  open.push(sandbox);
  return sandbox;
}

async function call(sandbox: Sandbox, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${sandbox.hubUrl}/api${path}`, {
    headers: { authorization: 'Bearer x' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return await response.json();
}

test('a folder brings back entities, the address, the kubeconfig and the session', async () => {
  const first = await start({ state });
  const one = pickText(await call(first, '/space', { Slug: 'one' }), 'SpaceID');
  await first.close();
  const second = await start({ state });
  const two = pickText(await call(second, '/space', { Slug: 'two' }), 'SpaceID');
  expect(pickText(await call(second, '/space'), '0.Space.SpaceID')).toBe(one);
  expect(two).not.toBe(one);
  expect([second.hubUrl, second.kubeconfig, second.hubSession, second.notes]).toEqual([
    first.hubUrl,
    first.kubeconfig,
    first.hubSession,
    [],
  ]);
  const spaces = (await second.inventory()).filter(({ name }) => name.startsWith('space '));
  expect(spaces.map(({ name }) => name).sort()).toEqual(['space one', 'space two']);
});

test('a snapshot opens beside its original, and neither changes the other', async () => {
  const original = await start();
  await call(original, '/space', { Slug: 'one' });
  const snapshot = original.snapshot?.();
  const copy = await start(snapshot === undefined ? {} : { snapshot });
  await call(copy, '/space', { Slug: 'two' });
  await call(original, '/space', { Slug: 'three' });
  const slugs = async (sandbox: Sandbox): Promise<string[]> =>
    ((await call(sandbox, '/space')) as object[]).map((item) => pickText(item, 'Space.Slug'));
  expect([await slugs(original), await slugs(copy)]).toEqual([
    ['one', 'three'],
    ['one', 'two'],
  ]);
});

test('secrets are known as soon as they are made, and stay known', async () => {
  const first = await start({ state });
  const space = pickText(await call(first, '/space', { Slug: 'one' }), 'SpaceID');
  const secret = pickText(await call(first, `/space/${space}/bridge_worker`, { Slug: 'w' }), 'Secret');
  expect(first.secrets()).toContain(secret);
  await first.close();
  expect((await start({ state })).secrets()).toContain(secret);
});
