/** Empties namespaces that are being deleted, then lets go of their finalizer (pkg/controller/namespace/deletion). */
import type { JsonObject, KubeObject, ResourceName } from '../../kube.ts';
import type { Again, Context, Controller } from '../controller.ts';
import { integer, record, same, texts } from '../fields.ts';
import { isBeingDeleted } from '../objects.ts';
import { NAMESPACES, PODS, isResource } from '../resources.ts';
import type { KnownResources } from '../known-resources.ts';
import { stamp } from '../times.ts';

const MANAGER = 'kube-controller-manager';
/** How soon a namespace that still has content is looked at again, besides the changes in it. */
const LOOK_AGAIN_MS = 5000;
/**
 * How long content stays after the deletion, for requests that are on their way (namespaceDeletionGracePeriod): `kubectl
 * delete -f` of a file that begins with its namespace finds the rest of it.
 */
const GRACE_MS = 5000;

export function namespaceController(context: Context, known: KnownResources): Controller {
  const { cluster, options } = context;
  /** When the content of a namespace may be deleted, by the namespace's UID. */
  const due = new Map<string, number>();
  return {
    name: 'namespace',
    initial: () => cluster.list(NAMESPACES).map(({ metadata }) => metadata.name),
    keys: ({ type, resource, object }) => {
      if (isResource(resource, NAMESPACES)) return [object.metadata.name];
      return type === 'DELETED' && object.metadata.namespace !== undefined ? [object.metadata.namespace] : [];
    },
    sync: (name, again) => {
      const namespace = cluster.get(NAMESPACES, undefined, name);
      if (namespace === undefined || !isBeingDeleted(namespace)) return;
      const uid = namespace.metadata.uid ?? '';
      const now = cluster.clock.now();
      const from = due.get(uid) ?? now + GRACE_MS * options.speed;
      due.set(uid, from);
      if (now < from) return again(from - now);
      empty(context, known, namespace, again);
      if (cluster.get(NAMESPACES, undefined, name) === undefined) due.delete(uid);
    },
  };
}

interface Content {
  readonly resource: ResourceName;
  readonly objects: readonly KubeObject[];
}

function empty(
  { cluster, options }: Context,
  known: KnownResources,
  namespace: KubeObject,
  again: Again,
): void {
  const { name } = namespace.metadata;
  const left: Content[] = [];
  for (const resource of known.namespaced()) {
    for (const object of cluster.list(resource, name))
      if (!isBeingDeleted(object))
        cluster.delete(resource, name, object.metadata.name, { propagation: 'Background' });
    const objects = cluster.list(resource, name);
    if (objects.length > 0) left.push({ resource, objects });
  }
  if (left.length === 0) {
    const finalizers = texts(record(namespace.spec)['finalizers']).filter((item) => item !== 'kubernetes');
    cluster.update(NAMESPACES, { ...namespace, spec: { ...namespace.spec, finalizers } }, MANAGER);
    return;
  }
  const conditions = deletionConditions(
    left,
    record(namespace.status)['conditions'],
    stamp(cluster.clock.now()),
  );
  const status: JsonObject = { ...namespace.status, phase: 'Terminating', conditions };
  if (!same(namespace.status, status)) cluster.updateStatus(NAMESPACES, { ...namespace, status }, MANAGER);
  const grace = left
    .filter(({ resource }) => isResource(resource, PODS))
    .flatMap(({ objects }) => objects)
    .map((pod) => integer(pod.metadata.deletionGracePeriodSeconds, 0) * 1000);
  again(Math.max(LOOK_AGAIN_MS, ...grace) * options.speed);
}

/** The conditions of a namespace that has nothing to complain about, in the order in which they are shown. */
const FINE: readonly (readonly [type: string, reason: string, message: string])[] = [
  ['NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'],
  [
    'NamespaceDeletionGroupVersionParsingFailure',
    'ParsedGroupVersions',
    'All legacy kube types successfully parsed',
  ],
  [
    'NamespaceDeletionContentFailure',
    'ContentDeleted',
    'All content successfully deleted, may be waiting on finalization',
  ],
  ['NamespaceContentRemaining', 'ContentRemoved', 'All content successfully removed'],
  ['NamespaceFinalizersRemaining', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
];

function deletionConditions(left: readonly Content[], before: unknown, now: string): JsonObject[] {
  const remaining = left.map(
    ({ resource, objects }) =>
      `${resource.resource}.${resource.group} has ${objects.length} resource instances`,
  );
  const finalizers = new Map<string, number>();
  for (const finalizer of left.flatMap(({ objects }) =>
    objects.flatMap(({ metadata }) => metadata.finalizers ?? []),
  ))
    finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
  const held = [...finalizers].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`);
  const complaints: Readonly<Record<string, readonly [reason: string, message: string]>> = {
    NamespaceContentRemaining: [
      'SomeResourcesRemain',
      `Some resources are remaining: ${remaining.toSorted().join(', ')}`,
    ],
    ...(held.length === 0
      ? {}
      : {
          NamespaceFinalizersRemaining: [
            'SomeFinalizersRemain',
            `Some content in the namespace has finalizers remaining: ${held.toSorted().join(', ')}`,
          ],
        }),
  };
  return FINE.map(([type, fineReason, fineMessage]) => {
    const [reason, message] = complaints[type] ?? [fineReason, fineMessage];
    const condition = { type, status: Object.hasOwn(complaints, type) ? 'True' : 'False', reason, message };
    return { ...condition, lastTransitionTime: transition(condition, before, now) };
  });
}

function transition(condition: JsonObject, before: unknown, now: string): string {
  const known = (Array.isArray(before) ? before : [])
    .map((item) => record(item))
    .find(({ type, status }) => type === condition['type'] && status === condition['status']);
  const time = known?.['lastTransitionTime'];
  return typeof time === 'string' ? time : now;
}
