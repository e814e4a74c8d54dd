/** Empties namespaces that are being deleted, then lets go of their finalizer (pkg/controller/namespace/deletion). */
import type { JsonObject, KubeObject, ResourceName } from '../../kube.ts';
import type { Again, Context, Controller } from '../controller.ts';
import { integer, record, same, texts } from '../fields.ts';
import { isBeingDeleted } from '../objects.ts';
import { NAMESPACES, PODS, isResource, resourceKey } from '../resources.ts';
import type { KnownResources } from '../known-resources.ts';
import { stamp } from '../times.ts';

const MANAGER = 'kube-controller-manager';
/** How soon a namespace that still has content is looked at again, besides the changes in it. */
const LOOK_AGAIN_MS = 5000;

export function namespaceController(context: Context, known: KnownResources): Controller {
  const { cluster } = context;
  return {
    name: 'namespace',
    initial: () => cluster.list(NAMESPACES).map(({ metadata }) => metadata.name),
    keys: ({ type, resource, object }) => {
      if (isResource(resource, NAMESPACES)) return [object.metadata.name];
      return type === 'DELETED' && object.metadata.namespace !== undefined ? [object.metadata.namespace] : [];
    },
    sync: (name, again) => {
      const namespace = cluster.get(NAMESPACES, undefined, name);
      if (namespace !== undefined && isBeingDeleted(namespace)) empty(context, known, namespace, again);
    },
  };
}

function empty(
  { cluster, options }: Context,
  known: KnownResources,
  namespace: KubeObject,
  again: Again,
): void {
  const { name } = namespace.metadata;
  const left: { readonly resource: ResourceName; readonly objects: readonly KubeObject[] }[] = [];
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

function deletionConditions(
  left: readonly { readonly resource: ResourceName; readonly objects: readonly KubeObject[] }[],
  before: unknown,
  now: string,
): JsonObject[] {
  const counts = left.map(
    ({ resource, objects }) =>
      `${resourceKey(resource)}${resource.group === '' ? '.' : ''} has ${objects.length} resource instances`,
  );
  const finalizers = new Map<string, number>();
  for (const { objects } of left)
    for (const { metadata } of objects)
      for (const finalizer of metadata.finalizers ?? [])
        finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
  const held = [...finalizers].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`);
  const some = (list: readonly string[], text: string): string =>
    `Some ${text}: ${list.toSorted().join(', ')}`;
  const fine = (type: string, reason: string, message: string): JsonObject => ({
    type,
    status: 'False',
    reason,
    message,
  });
  const bad = (type: string, reason: string, message: string): JsonObject => ({
    type,
    status: 'True',
    reason,
    message,
  });
  const next: JsonObject[] = [
    fine('NamespaceDeletionDiscoveryFailure', 'ResourcesDiscovered', 'All resources successfully discovered'),
    fine(
      'NamespaceDeletionGroupVersionParsingFailure',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    fine(
      'NamespaceDeletionContentFailure',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ),
    bad('NamespaceContentRemaining', 'SomeResourcesRemain', some(counts, 'resources are remaining')),
    held.length > 0
      ? bad(
          'NamespaceFinalizersRemaining',
          'SomeFinalizersRemain',
          some(held, 'content in the namespace has finalizers remaining'),
        )
      : fine(
          'NamespaceFinalizersRemaining',
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        ),
  ];
  return next.map((condition) => ({ ...condition, lastTransitionTime: transition(condition, before, now) }));
}

function transition(condition: JsonObject, before: unknown, now: string): string {
  const known = (Array.isArray(before) ? before : [])
    .map((item) => record(item))
    .find(({ type, status }) => type === condition['type'] && status === condition['status']);
  const time = known?.['lastTransitionTime'];
  return typeof time === 'string' ? time : now;
}
