/**
 * Deletes what lost its owners, and carries out foreground and orphaning deletion (pkg/controller/garbagecollector).
 * It keeps a graph of all objects by uid, fed by the watch.
 */
import type { ClusterChange, KubeObject, ResourceName } from '../../kube.ts';
import type { Context, Controller } from '../controller.ts';
import { isBeingDeleted, withOwners } from '../objects.ts';
import type { KnownResources } from '../known-resources.ts';

const MANAGER = 'kube-controller-manager';
const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

interface Item {
  readonly resource: ResourceName;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly owners: readonly string[];
}

/** Objects by uid, and who is owned by whom. */
class Graph {
  readonly #items = new Map<string, Item>();
  readonly #dependents = new Map<string, Set<string>>();

  item(uid: string): Item | undefined {
    return this.#items.get(uid);
  }

  dependents(uid: string): readonly string[] {
    return [...(this.#dependents.get(uid) ?? [])];
  }

  put(resource: ResourceName, { metadata }: KubeObject): void {
    const uid = metadata.uid ?? '';
    this.remove(uid);
    const owners = (metadata.ownerReferences ?? []).map((owner) => owner.uid);
    const { namespace, name } = metadata;
    this.#items.set(uid, { resource, namespace, name, owners });
    for (const owner of owners) {
      const others = this.#dependents.get(owner) ?? new Set();
      others.add(uid);
      this.#dependents.set(owner, others);
    }
  }

  remove(uid: string): void {
    for (const owner of this.#items.get(uid)?.owners ?? []) {
      const others = this.#dependents.get(owner);
      others?.delete(uid);
      if (others?.size === 0) this.#dependents.delete(owner);
    }
    this.#items.delete(uid);
  }
}

export function garbageController(context: Context, known: KnownResources): Controller {
  const { cluster } = context;
  const graph = new Graph();
  const begin = (): string[] => {
    const uids: string[] = [];
    for (const resource of known.all())
      for (const object of cluster.list(resource)) {
        graph.put(resource, object);
        if (isOfInterest(object)) uids.push(object.metadata.uid ?? '');
      }
    return uids;
  };
  return {
    name: 'garbage',
    initial: begin,
    keys: (change) => affected(graph, change),
    sync: (uid) => collect(context, graph, uid),
  };
}

function isOfInterest(object: KubeObject): boolean {
  return isBeingDeleted(object) || (object.metadata.ownerReferences ?? []).length > 0;
}

/** Keeps the graph and tells whose fate may have changed. */
function affected(graph: Graph, { type, resource, object }: ClusterChange): string[] {
  const uid = object.metadata.uid ?? '';
  if (type !== 'DELETED') {
    graph.put(resource, object);
    return isOfInterest(object) ? [uid] : [];
  }
  const owners = graph.item(uid)?.owners ?? [];
  const dependents = graph.dependents(uid);
  graph.remove(uid);
  return [...dependents, ...owners];
}

function collect(context: Context, graph: Graph, uid: string): void {
  const { cluster } = context;
  const item = graph.item(uid);
  const object = item && cluster.get(item.resource, item.namespace, item.name);
  if (item === undefined || object?.metadata.uid !== uid) return;
  const finalizers = object.metadata.finalizers ?? [];
  if (isBeingDeleted(object)) {
    if (finalizers.includes(ORPHAN)) orphanDependents(context, graph, object, item);
    else if (finalizers.includes(FOREGROUND)) deleteDependents(context, graph, object, item);
    return;
  }
  const owners = object.metadata.ownerReferences ?? [];
  const present = owners.filter((owner) => graph.item(owner.uid) !== undefined);
  if (owners.length === 0) return;
  const waiting = present.filter((owner) => isForeground(context, graph, owner.uid));
  if (present.length === waiting.length) {
    const propagation = waiting.length > 0 && graph.dependents(uid).length > 0 ? 'Foreground' : 'Background';
    cluster.delete(item.resource, item.namespace, item.name, { propagation });
    return;
  }
  if (present.length === owners.length) return;
  cluster.update(item.resource, withOwners(object, present), MANAGER);
}

function isForeground({ cluster }: Context, graph: Graph, uid: string): boolean {
  const item = graph.item(uid);
  const object = item && cluster.get(item.resource, item.namespace, item.name);
  return (
    object !== undefined && isBeingDeleted(object) && (object.metadata.finalizers ?? []).includes(FOREGROUND)
  );
}

/** Foreground: dependents go first; the owner goes when none is left that blocks it. */
function deleteDependents(context: Context, graph: Graph, owner: KubeObject, item: Item): void {
  const { cluster } = context;
  let blocked = false;
  for (const uid of graph.dependents(owner.metadata.uid ?? '')) {
    const dependent = graph.item(uid);
    const object = dependent && cluster.get(dependent.resource, dependent.namespace, dependent.name);
    if (dependent === undefined || object === undefined) continue;
    const reference = object.metadata.ownerReferences?.find((one) => one.uid === owner.metadata.uid);
    if (reference?.blockOwnerDeletion === true) blocked = true;
    if (!isBeingDeleted(object)) collect(context, graph, uid);
  }
  if (!blocked) removeFinalizer(context, owner, item, FOREGROUND);
}

/** Orphaning: dependents lose the reference, then the owner goes. */
function orphanDependents(context: Context, graph: Graph, owner: KubeObject, item: Item): void {
  const { cluster } = context;
  for (const uid of graph.dependents(owner.metadata.uid ?? '')) {
    const dependent = graph.item(uid);
    const object = dependent && cluster.get(dependent.resource, dependent.namespace, dependent.name);
    if (dependent === undefined || object === undefined) continue;
    const others = (object.metadata.ownerReferences ?? []).filter(
      (reference) => reference.uid !== owner.metadata.uid,
    );
    cluster.update(dependent.resource, withOwners(object, others), MANAGER);
  }
  removeFinalizer(context, owner, item, ORPHAN);
}

function removeFinalizer({ cluster }: Context, owner: KubeObject, { resource }: Item, name: string): void {
  const current = cluster.get(resource, owner.metadata.namespace, owner.metadata.name);
  if (current === undefined) return;
  const finalizers = (current.metadata.finalizers ?? []).filter((finalizer) => finalizer !== name);
  cluster.update(resource, { ...current, metadata: { ...current.metadata, finalizers } }, MANAGER);
}
