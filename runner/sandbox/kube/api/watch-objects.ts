/** Watches: replay from a resourceVersion, then live, one JSON line per event, flushed at once. */
import type { HttpResponse, StreamWriter } from '../../http/http.ts';
import { expired } from '../errors.ts';
import type { JsonObject, KubeObject } from '../kube.ts';
import type { ObjectChange } from '../objects/object-store.ts';
import { joinGroupVersion } from '../objects/resources.ts';
import { versionSyntax } from './check-options.ts';
import { renderObject } from './read-objects.ts';
import { renderJson } from './render-json.ts';
import { readFlag, type ResourceRequest } from './request.ts';
import { readForm, statusBody, type ObjectForm } from './respond.ts';
import { readSelectors, type ObjectFilter } from './selectors.ts';
import type { ApiServer } from './server.ts';

const bookmarkInterval = 60_000;
const initialEventsEnd = 'k8s.io/initial-events-end';
const defaultSeconds = 1800;

/** One watch that is under way. */
interface Watch {
  readonly server: ApiServer;
  readonly request: ResourceRequest;
  readonly form: ObjectForm;
  readonly filter: ObjectFilter;
  readonly writer: StreamWriter;
  /** The version of the newest change that the client knows of. */
  sent: number;
  /** A table's columns are sent once. */
  columnsSent: boolean;
}

/** Answers a watch; a watch from before the log begins is answered with one 410 event. */
export function watchObjects(server: ApiServer, request: ResourceRequest): HttpResponse {
  const { query } = request.http;
  const filter = nameFilter(request, readSelectors(request.kind, query));
  const form = readForm(request.http);
  const from = query.get('resourceVersion') ?? '';
  if (!/^\d*$/.test(from)) throw versionSyntax(from);
  const seconds = Number(query.get('timeoutSeconds') ?? 0) || defaultSeconds;
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache, private' },
    body: {
      start(writer) {
        const watch: Watch = { server, request, form, filter, writer, sent: 0, columnsSent: false };
        if (sendBacklog(watch, from)) follow(watch, seconds);
        else writer.end();
      },
    },
  };
}

function nameFilter(request: ResourceRequest, filter: ObjectFilter): ObjectFilter {
  const { name, namespace } = request;
  return (object) =>
    (name === '' || object.metadata.name === name) &&
    (namespace === undefined || object.metadata.namespace === namespace) &&
    filter(object);
}

/** Sends what the client has not seen; false when it must list anew. */
function sendBacklog(watch: Watch, from: string): boolean {
  const { objects } = watch.server.core;
  const wantsInitial = readFlag(watch.request.http.query, 'sendInitialEvents');
  watch.sent = objects.version();
  if (wantsInitial || from === '' || from === '0') {
    for (const object of objects.list(watch.request.resource).filter(watch.filter))
      send(watch, 'ADDED', object);
    if (wantsInitial) sendBookmark(watch, true);
    return true;
  }
  const changes = objects.changesSince(Number(from), watch.request.resource);
  if (changes === undefined) {
    const { status } = expired(`too old resource version: ${from} (${objects.oldest()})`);
    write(watch, { type: 'ERROR', object: statusBody(status) });
    return false;
  }
  for (const change of changes) sendChange(watch, change);
  return true;
}

function follow(watch: Watch, seconds: number): void {
  const { writer, server, request } = watch;
  const { clock, objects } = server.core;
  const stops: (() => void)[] = [];
  const stop = (): void => {
    for (const end of stops.splice(0)) end();
  };
  const { group, resource } = request.resource;
  stops.push(
    objects.watch((change) => {
      if (change.version <= watch.sent) return;
      if (change.resource.resource === resource && change.resource.group === group) sendChange(watch, change);
      watch.sent = change.version;
    }),
    clock.after(seconds * 1000, () => {
      stop();
      writer.end();
    }),
  );
  if (readFlag(request.http.query, 'allowWatchBookmarks')) stops.push(repeatBookmarks(watch));
  if (writer.signal.aborted) stop();
  else writer.signal.addEventListener('abort', stop, { once: true });
}

function repeatBookmarks(watch: Watch): () => void {
  const { clock } = watch.server.core;
  let cancel = (): void => undefined;
  const plan = (): void => {
    cancel = clock.after(bookmarkInterval, () => {
      sendBookmark(watch, false);
      plan();
    });
  };
  plan();
  return () => cancel();
}

/** An object that enters the selection was ADDED to it, one that leaves it was DELETED. */
function sendChange(watch: Watch, change: ObjectChange): void {
  const now = change.type !== 'DELETED' && watch.filter(change.object);
  const before = change.before !== undefined && watch.filter(change.before);
  if (now) send(watch, before ? 'MODIFIED' : 'ADDED', change.object);
  else if (before) send(watch, 'DELETED', leaving(change));
}

function leaving(change: ObjectChange): KubeObject {
  const last = change.before ?? change.object;
  return { ...last, metadata: { ...last.metadata, resourceVersion: String(change.version) } };
}

function send(watch: Watch, type: string, object: KubeObject): void {
  const rendered = renderObject(watch.server, watch.request, object, watch.form);
  if (watch.form === 'table') {
    if (watch.columnsSent) rendered['columnDefinitions'] = null;
    watch.columnsSent = true;
  }
  write(watch, { type, object: rendered });
}

function sendBookmark(watch: Watch, isInitial: boolean): void {
  const { kind } = watch.request;
  const metadata: JsonObject = {
    resourceVersion: String(watch.sent),
    ...(isInitial ? { annotations: { [initialEventsEnd]: 'true' } } : {}),
  };
  const object: JsonObject =
    watch.form === 'table'
      ? { kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata, columnDefinitions: null, rows: [] }
      : { kind: kind.kind, apiVersion: joinGroupVersion(kind), metadata };
  write(watch, { type: 'BOOKMARK', object });
}

function write(watch: Watch, event: JsonObject): void {
  watch.writer.write(`${renderJson(event)}\n`);
}
