/**
 * Objects by resource over the versioned store, decoded once: controllers and the API read far more often than they
 * write. What is read here is shared, so it is frozen; `Cluster.get` hands out copies.
 */
import type { Change, Store, Table } from '../../store/store.ts';
import type { ClusterChange, KubeObject, ResourceName } from '../kube.ts';
import { asJson, freezeObject, readObjects, readText } from './fields.ts';
import { ObjectIndex } from './object-index.ts';
import { definitions, isStored, servedResources } from './resources.ts';

/** A committed write, with the version that it got. */
export interface ObjectChange extends ClusterChange {
  readonly version: number;
}

interface CachedTable {
  readonly table: Table<KubeObject>;
  /** Undefined until first read, or after a rollback. */
  objects: ObjectIndex | undefined;
}

export class ObjectStore {
  readonly #store: Store;
  readonly #tables = new Map<string, CachedTable>();
  readonly #resources = new Map<string, ResourceName>();
  readonly #listeners = new Set<(change: ObjectChange) => void>();
  /** What was written and is not committed yet, by version: as objects, which the log has only as texts. */
  readonly #made = new Map<number, ObjectChange>();
  readonly #queue: ObjectChange[] = [];
  readonly #unwatch: () => void;
  /** Tables written since the outermost transaction began: what a rollback makes untrue. */
  readonly #written = new Set<CachedTable>();
  #depth = 0;
  #delivering = false;

  constructor(store: Store) {
    this.#store = store;
    for (const { group, version, resource } of servedResources.filter(isStored)) {
      const name = tableName({ group, resource });
      if (!this.#resources.has(name)) this.#resources.set(name, { group, version, resource });
    }
    for (const definition of this.list(definitions)) this.#learn(definition);
    this.#unwatch = store.watch((change) => this.#deliver(change));
  }

  /** The store's version: the resourceVersion of a list. */
  version(): number {
    return this.#store.version();
  }

  /** Undefined also for a resource that is not served: there is nothing of it. */
  get(resource: ResourceName, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.#isKnown(resource) ? this.#read(resource).get(keyOf(namespace, name)) : undefined;
  }

  /** In key order: by namespace, then by name. */
  list(resource: ResourceName, namespace?: string): KubeObject[] {
    if (!this.#isKnown(resource)) return [];
    return this.#read(resource).list(namespace === undefined ? '' : keyOf(namespace, ''));
  }

  /** Writes the object with the resourceVersion that the write gets. */
  put(resource: ResourceName, object: KubeObject): KubeObject {
    const cached = this.#table(resource);
    const objects = this.#read(resource);
    const key = keyOf(object.metadata.namespace, object.metadata.name);
    this.#written.add(cached);
    if (resource.resource === definitions.resource) this.#learn(object);
    const before = objects.get(key);
    const { value, version } = cached.table.put(key, (next) => withVersion(object, next));
    freezeObject(value);
    objects.set(key, value);
    this.#made.set(
      version,
      before === undefined
        ? { type: 'ADDED', resource, object: value, version }
        : { type: 'MODIFIED', resource, object: value, before, version },
    );
    return value;
  }

  /** Removes the object; returns it as watchers see it, with the version of the delete. */
  remove(resource: ResourceName, namespace: string | undefined, name: string): KubeObject | undefined {
    const key = keyOf(namespace, name);
    const cached = this.#table(resource);
    this.#written.add(cached);
    const row = cached.table.delete(key);
    this.#read(resource).delete(key);
    return row === undefined ? undefined : withVersion(row.value, row.version);
  }

  /** All or nothing. What `work` throws undoes its writes. */
  transaction<R>(work: () => R): R {
    this.#depth += 1;
    try {
      return this.#store.transaction(work);
    } catch (error) {
      for (const cached of this.#written) cached.objects = undefined;
      for (const version of this.#made.keys()) if (version > this.version()) this.#made.delete(version);
      throw error;
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#written.clear();
    }
  }

  /** Changes of one resource after `version`; undefined where the log no longer reaches back that far. */
  changesSince(version: number, resource: ResourceName): ObjectChange[] | undefined {
    return this.#store
      .changesSince(version, tableName(resource))
      ?.map((change) => this.#toChange(change))
      .filter((change) => change !== undefined);
  }

  oldest(): number {
    return this.#store.oldest();
  }

  /** Called after each commit, in order; a write by a listener is delivered after the change that it hears of. */
  watch(listener: (change: ObjectChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#unwatch();
    this.#listeners.clear();
  }

  #deliver(change: Change): void {
    const made = this.#made.get(change.version) ?? this.#toChange(change);
    this.#made.delete(change.version);
    if (made !== undefined) this.#queue.push(made);
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
        for (const listener of this.#listeners) listener(next);
      }
    } finally {
      this.#delivering = false;
    }
  }

  #toChange(change: Change): ObjectChange | undefined {
    const resource = this.#resources.get(change.table);
    if (resource === undefined) return undefined;
    const { version } = change;
    const before = change.before as KubeObject | undefined;
    const value = change.value as KubeObject | undefined;
    if (value !== undefined) {
      return before === undefined
        ? { type: 'ADDED', resource, object: value, version }
        : { type: 'MODIFIED', resource, object: value, before, version };
    }
    if (before === undefined) return undefined;
    return { type: 'DELETED', resource, object: withVersion(before, version), before, version };
  }

  /** From now on there may be objects of the resource that is defined. */
  #learn(definition: KubeObject): void {
    const json = asJson(definition);
    const stored = readObjects(json, 'spec', 'versions').find(({ storage }) => storage === true);
    const group = readText(json, 'spec', 'group');
    const resource = {
      group,
      version: readText(stored, 'name'),
      resource: readText(json, 'spec', 'names', 'plural'),
    };
    this.#resources.set(tableName(resource), resource);
  }

  #isKnown(resource: ResourceName): boolean {
    return this.#resources.has(tableName(resource));
  }

  #table(resource: ResourceName): CachedTable {
    const name = tableName(resource);
    const known = this.#tables.get(name);
    if (known !== undefined) return known;
    const made = { table: this.#store.table<KubeObject>(name), objects: undefined };
    this.#tables.set(name, made);
    return made;
  }

  #read(resource: ResourceName): ObjectIndex {
    const cached = this.#table(resource);
    return (cached.objects ??= new ObjectIndex(
      cached.table.list().map(({ key, value }): [string, KubeObject] => [key, freezeObject(value)]),
    ));
  }
}

function tableName(resource: Pick<ResourceName, 'group' | 'resource'>): string {
  return `kube.${resource.resource}.${resource.group}`;
}

function keyOf(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

function withVersion(object: KubeObject, version: number): KubeObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(version) } };
}
