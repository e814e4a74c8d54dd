/** Watches: replay, live events, selections, bookmarks and the end of the log. */
import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../../runner/sandbox/kube/kube.ts';
import { adminToken, openKubeServer, type KubeServer } from '../../helper/kube-server.ts';

const maps = '/api/v1/namespaces/default/configmaps';
let server: KubeServer | undefined;
afterEach(() => server?.close());

interface Event {
  readonly type: string;
  readonly object: { readonly metadata: JsonObject & { readonly name?: string }; readonly code?: number };
}

/** Reads `count` events, then ends the watch. */
async function watch(open: KubeServer, query: string, count: number): Promise<Event[]> {
  const abort = new AbortController();
  const response = await fetch(`${open.url}${maps}?watch=1&${query}`, {
    headers: { authorization: `Bearer ${adminToken}` },
    signal: abort.signal,
  });
  const events: Event[] = [];
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += new TextDecoder().decode(chunk);
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    events.push(...lines.map((line) => JSON.parse(line) as Event));
    if (events.length >= count) break;
  }
  abort.abort();
  return events;
}

const summary = (events: readonly Event[]): string[] =>
  events.map(({ type, object }) => `${type} ${object.metadata.name ?? ''}`);

async function put(open: KubeServer, name: string, labels: Record<string, string> = {}): Promise<string> {
  const body = { metadata: { name, labels } };
  const created = await open.call(`POST ${maps}`, { body });
  const reply = created.status === 409 ? await open.call(`PUT ${maps}/${name}`, { body }) : created;
  return (reply.body['metadata'] as { resourceVersion: string }).resourceVersion;
}

test('from a version on, every later change comes once, in order', async () => {
  const open = (server = await openKubeServer());
  const version = await put(open, 'a');
  await put(open, 'b');
  await open.call(`DELETE ${maps}/a`);
  const seen = watch(open, `resourceVersion=${version}`, 3);
  await put(open, 'c');
  expect(summary(await seen)).toEqual(['ADDED b', 'DELETED a', 'ADDED c']);
});

test('an object that enters or leaves the selection is ADDED or DELETED', async () => {
  const open = (server = await openKubeServer());
  const version = await put(open, 'a');
  await put(open, 'a', { x: 'y' });
  await put(open, 'a', { x: 'y', z: '1' });
  await put(open, 'a');
  const events = await watch(open, `resourceVersion=${version}&labelSelector=x%3Dy`, 3);
  expect(summary(events)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
});

test('initial events end with a bookmark that says so', async () => {
  const open = (server = await openKubeServer());
  await put(open, 'a');
  const query =
    'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&fieldSelector=metadata.name%3Da';
  const events = await watch(open, query, 2);
  expect(summary(events)).toEqual(['ADDED a', 'BOOKMARK ']);
  expect(events[1]?.object.metadata['annotations']).toEqual({ 'k8s.io/initial-events-end': 'true' });
});

test('a version from before the log is 410 Expired', async () => {
  const open = (server = await openKubeServer({ logLength: 4 }));
  for (let index = 0; index < 10; index += 1) await put(open, `m${index}`);
  const events = await watch(open, 'resourceVersion=1', 1);
  expect(events).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }]);
});

test('timeoutSeconds ends a watch', async () => {
  const open = (server = await openKubeServer());
  const reply = await open.call(`GET ${maps}?watch=1&timeoutSeconds=1&fieldSelector=metadata.name%3Dnone`);
  expect(reply.status).toBe(200);
});
