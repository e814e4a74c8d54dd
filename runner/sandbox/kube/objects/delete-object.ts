/** Deleting: finalizers, grace periods and propagation decide whether an object goes at once or is only marked. */
import { conflict, forbidden, notFound } from '../errors.ts';
import type { KubeObject, ResourceName } from '../kube.ts';
import type { Core, Deleted, DeleteOptions, ObjectAddress } from './core.ts';
import { asJson, copyObject, readNumber, readText, timestamp } from './fields.ts';

const protectedNamespaces = new Set(['default', 'kube-system', 'kube-public']);
const orphan = 'orphan';
const foreground = 'foregroundDeletion';

/** Deletes, or marks as being deleted. Throws ApiError. */
export function deleteObject(core: Core, address: ObjectAddress, options: DeleteOptions): Deleted {
  const { resource, namespace, name } = address;
  return core.objects.transaction(() => {
    const held = core.objects.get(resource, namespace, name);
    if (held === undefined) throw notFound(resource, name);
    checkDelete(resource, held, options);
    const marked = mark(core, held, options);
    if (marked === undefined)
      return { object: core.objects.remove(resource, namespace, name) ?? held, gone: true };
    const isSame = held.metadata.deletionTimestamp !== undefined && sameMark(held, marked);
    return { object: isSame ? held : core.objects.put(resource, marked), gone: false };
  });
}

function checkDelete(resource: ResourceName, held: KubeObject, options: DeleteOptions): void {
  const { name, uid, resourceVersion } = held.metadata;
  if (held.kind === 'Namespace' && protectedNamespaces.has(name)) {
    throw forbidden(resource, name, 'this namespace may not be deleted');
  }
  if (options.uid !== undefined && options.uid !== uid) {
    throw conflict(resource, name, preconditionText('UID', options.uid, uid));
  }
  if (options.resourceVersion !== undefined && options.resourceVersion !== resourceVersion) {
    throw conflict(
      resource,
      name,
      preconditionText('ResourceVersion', options.resourceVersion, resourceVersion),
    );
  }
}

function preconditionText(what: string, wanted: string, held: string | undefined): string {
  return `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${held ?? ''}`;
}

/** The object with its deletion marked; undefined where nothing holds it. */
function mark(core: Core, held: KubeObject, options: DeleteOptions): KubeObject | undefined {
  const marked = copyObject(held);
  const { metadata } = marked;
  const finalizers = propagationFinalizers(finalizersOf(held), options.propagation);
  const seconds = graceSeconds(held, options);
  const isNamespace = held.kind === 'Namespace';
  if (finalizers.length === 0 && seconds === 0 && !isNamespace) return undefined;
  if (finalizers.length > 0) metadata.finalizers = finalizers;
  else delete metadata.finalizers;
  metadata.deletionTimestamp ??= timestamp(core.clock.now() + seconds * 1000);
  metadata.deletionGracePeriodSeconds = Math.min(metadata.deletionGracePeriodSeconds ?? seconds, seconds);
  if (isNamespace) {
    delete metadata.deletionGracePeriodSeconds;
    marked.status = { ...marked.status, phase: 'Terminating' };
  } else if (held.metadata.deletionTimestamp === undefined && metadata.generation !== undefined) {
    metadata.generation += 1;
  }
  return marked;
}

/** A definition goes when its objects are gone. */
function finalizersOf({ kind, metadata }: KubeObject): readonly string[] {
  const held = metadata.finalizers ?? [];
  const isFirst = kind === 'CustomResourceDefinition' && metadata.deletionTimestamp === undefined;
  return isFirst ? [...held, 'customresourcecleanup.apiextensions.k8s.io'] : held;
}

function propagationFinalizers(held: readonly string[], propagation: DeleteOptions['propagation']): string[] {
  if (propagation === undefined) return [...held];
  const others = held.filter((finalizer) => finalizer !== orphan && finalizer !== foreground);
  if (propagation === 'Orphan') return [...others, orphan];
  return propagation === 'Foreground' ? [...others, foreground] : others;
}

/** Only pods that a node runs get time to end. */
function graceSeconds(held: KubeObject, options: DeleteOptions): number {
  if (held.kind !== 'Pod') return 0;
  const pod = asJson(held);
  const phase = readText(pod, 'status', 'phase');
  if (readText(pod, 'spec', 'nodeName') === '' || phase === 'Succeeded' || phase === 'Failed') return 0;
  return Math.max(0, options.graceSeconds ?? readNumber(pod, 'spec', 'terminationGracePeriodSeconds') ?? 30);
}

function sameMark(held: KubeObject, marked: KubeObject): boolean {
  const summary = ({ metadata }: KubeObject): string =>
    JSON.stringify([metadata.finalizers, metadata.deletionGracePeriodSeconds]);
  return summary(held) === summary(marked);
}
