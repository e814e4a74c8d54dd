/**
 * A small Cluster in memory for controllers' tests: names, generations, conflicts, finalizers, grace periods, events.
 * It neither defaults nor validates, so tests write what they need.
 */
import type { Clock } from '../../runner/sandbox/store/clock.ts';
import { seededIds } from '../../runner/sandbox/store/ids.ts';
import type {
  ApiStatus,
  Cluster,
  ClusterChange,
  KubeObject,
  ResourceName,
} from '../../runner/sandbox/kube/kube.ts';

export class Refusal extends Error {
  readonly status: ApiStatus;

  constructor(code: number, reason: string, message: string) {
    super(message);
    this.status = { code, reason, message };
  }
}

export interface RecordedEvent {
  readonly about: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly fieldPath: string | undefined;
  readonly component: string;
  readonly count: number;
}

export interface MemoryCluster extends Cluster {
  /** In order of first appearance; the same event counts up. */
  readonly events: readonly RecordedEvent[];
}

const keyOf = ({ group, resource }: ResourceName, namespace: string | undefined, name: string): string =>
  `${group}/${resource}/${namespace ?? ''}/${name}`;

export function memoryCluster(clock: Clock, seed = 'test'): MemoryCluster {
  const ids = seededIds(seed);
  const objects = new Map<string, KubeObject>();
  const listeners = new Set<(change: ClusterChange) => void>();
  const events: RecordedEvent[] = [];
  const queue: ClusterChange[] = [];
  let version = 0;
  let delivering = false;
  const stamp = (): string => `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
  const publish = (change: ClusterChange): void => {
    queue.push(change);
    if (delivering) return;
    delivering = true;
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      for (const listener of listeners) listener(next);
    delivering = false;
  };
  const remove = (resource: ResourceName, object: KubeObject): void => {
    objects.delete(keyOf(resource, object.metadata.namespace, object.metadata.name));
    publish({ type: 'DELETED', resource, object, before: object });
  };
  const held = (resource: ResourceName, namespace: string | undefined, name: string): KubeObject => {
    const object = objects.get(keyOf(resource, namespace, name));
    if (object === undefined) throw new Refusal(404, 'NotFound', `${resource.resource} "${name}" not found`);
    return object;
  };
  const put = (resource: ResourceName, next: KubeObject, before: KubeObject | undefined): KubeObject => {
    if (before !== undefined && content(before) === content(next)) return structuredClone(before);
    const { metadata } = next;
    if (metadata.deletionTimestamp !== undefined && isReleased(next)) {
      remove(resource, next);
      return structuredClone(next);
    }
    version += 1;
    metadata.resourceVersion = String(version);
    objects.set(keyOf(resource, metadata.namespace, metadata.name), next);
    publish({
      type: before === undefined ? 'ADDED' : 'MODIFIED',
      resource,
      object: next,
      ...(before === undefined ? {} : { before }),
    });
    return structuredClone(next);
  };
  return {
    clock,
    ids,
    events,
    get: (resource, namespace, name) => structuredClone(objects.get(keyOf(resource, namespace, name))),
    list: (resource, namespace) =>
      [...objects]
        .filter(
          ([key, { metadata }]) =>
            key.startsWith(`${resource.group}/${resource.resource}/`) &&
            (namespace === undefined || metadata.namespace === namespace),
        )
        .map(([, object]) => structuredClone(object))
        .toSorted((one, other) => (one.metadata.name < other.metadata.name ? -1 : 1)),
    create(resource, object) {
      const next = structuredClone(object);
      const { metadata } = next;
      metadata.name ||= `${metadata.generateName ?? ''}${ids.suffix(5)}`;
      if (objects.has(keyOf(resource, metadata.namespace, metadata.name)))
        throw new Refusal(409, 'AlreadyExists', `${resource.resource} "${metadata.name}" already exists`);
      metadata.uid = ids.uuid();
      metadata.creationTimestamp = stamp();
      metadata.generation = 1;
      return put(resource, next, undefined);
    },
    update(resource, object) {
      const before = held(resource, object.metadata.namespace, object.metadata.name);
      const { resourceVersion } = object.metadata;
      if (resourceVersion !== undefined && resourceVersion !== before.metadata.resourceVersion)
        throw new Refusal(409, 'Conflict', 'the object has been modified');
      const next = structuredClone({ ...object, status: before.status ?? {} });
      const changed = JSON.stringify(before.spec) !== JSON.stringify(next.spec);
      next.metadata.generation = (before.metadata.generation ?? 0) + (changed ? 1 : 0);
      return put(resource, next, before);
    },
    updateStatus(resource, object) {
      const before = held(resource, object.metadata.namespace, object.metadata.name);
      return put(resource, structuredClone({ ...before, status: object.status ?? {} }), before);
    },
    delete(resource, namespace, name, options = {}) {
      const before = held(resource, namespace, name);
      const next = structuredClone(before);
      const { metadata } = next;
      const finalizers = new Set(metadata.finalizers);
      if (options.propagation === 'Foreground') finalizers.add('foregroundDeletion');
      if (options.propagation === 'Orphan') finalizers.add('orphan');
      metadata.finalizers = [...finalizers];
      metadata.deletionTimestamp ??= stamp();
      const given = next.spec?.['terminationGracePeriodSeconds'];
      const isPlaced = before.kind === 'Pod' && next.spec?.['nodeName'] !== undefined;
      const grace = options.graceSeconds ?? (typeof given === 'number' ? given : 30);
      metadata.deletionGracePeriodSeconds = isPlaced ? grace : 0;
      put(resource, next, before);
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    token: (namespace, account) => `token-of-${namespace}-${account}`,
    event(about, { type, reason, message, component, fieldPath }) {
      const subject = `${about.kind}/${about.metadata.name}`;
      const known = events.findIndex(
        (event) =>
          event.about === subject &&
          event.reason === reason &&
          event.message === message &&
          event.fieldPath === fieldPath,
      );
      const count = (events[known]?.count ?? 0) + 1;
      const event = { about: subject, type, reason, message, fieldPath, component, count };
      if (known < 0) events.push(event);
      else events[known] = event;
    },
  };
}

/** What makes two versions of an object differ. */
function content(object: KubeObject): string {
  return JSON.stringify({ ...object, metadata: { ...object.metadata, resourceVersion: '' } });
}

function isReleased({ kind, metadata, spec }: KubeObject): boolean {
  if ((metadata.finalizers ?? []).length > 0 || (metadata.deletionGracePeriodSeconds ?? 0) > 0) return false;
  const held = spec?.['finalizers'];
  return kind !== 'Namespace' || !Array.isArray(held) || held.length === 0;
}
