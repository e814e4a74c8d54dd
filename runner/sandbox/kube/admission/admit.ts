/** What the API server decides and adds around a write: namespaces that must be there, accounts, addresses, first statuses. */
import { ApiError, badRequest, forbidden, notFound } from '../errors.ts';
import type { GroupVersionKind, JsonObject, KubeObject, ResourceName } from '../kube.ts';
import type { Core } from '../objects/core.ts';
import { asJson, childObject, timestamp } from '../objects/fields.ts';
import { namespaces, servedResource } from '../objects/resources.ts';
import { checkLimits, checkQuotas, fillLimits } from './check-quotas.ts';
import { firstDefinitionStatus, firstStatus } from './first-status.ts';
import { admitClasses, checkDefaultClass, keepPriority } from './pod-classes.ts';
import { initialPodStatus } from './pod-status.ts';
import { allocateAddresses, keepAddresses } from './service-address.ts';
import { admitPod } from './service-account.ts';

/** Before defaulting and validation. Throws ApiError. */
export function admitCreate(core: Core, resource: ResourceName, object: KubeObject): void {
  const entry = servedResource(core.objects, resource);
  if (entry.namespaced) requireNamespace(core, resource, object);
  if (entry.custom !== undefined) return;
  if (entry.kind === 'Pod') {
    admitPod(core, object);
    fillLimits(core, object);
    admitClasses(core, object);
  }
  const protection = protections[entry.kind];
  if (protection !== undefined) protect(object, protection);
  if (entry.kind === 'Namespace') childObject(asJson(object), 'spec')['finalizers'] = ['kubernetes'];
}

function requireNamespace(core: Core, resource: ResourceName, object: KubeObject): void {
  const { namespace = '', name } = object.metadata;
  if (namespace === '') throw badRequest('an empty namespace may not be set during creation');
  const held = core.objects.get(namespaces, undefined, namespace);
  if (held === undefined) throw notFound(namespaces, namespace);
  if (held.metadata.deletionTimestamp === undefined) return;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const { status } = forbidden(resource, name, why);
  throw new ApiError(403, status.reason, status.message, {
    ...status.details,
    causes: [
      {
        reason: 'NamespaceTerminating',
        message: `namespace ${namespace} is being terminated`,
        field: 'metadata.namespace',
      },
    ],
  });
}

/** Storage is not removed while something uses it. */
const protections: Readonly<Record<string, string>> = {
  PersistentVolumeClaim: 'kubernetes.io/pvc-protection',
  PersistentVolume: 'kubernetes.io/pv-protection',
};

function protect({ metadata }: KubeObject, finalizer: string): void {
  const held = metadata.finalizers ?? [];
  if (!held.includes(finalizer)) metadata.finalizers = [...held, finalizer];
}

/** After validation: what the namespace's quotas and limits allow. Throws ApiError 403. */
export function admitAmounts(core: Core, resource: ResourceName, object: KubeObject): void {
  if (object.kind === 'Pod') checkLimits(core, resource, object);
  checkQuotas(core, resource, object);
  checkDefaultClass(core, object);
}

/** What a new object is given. Throws ApiError 422 where it asks for what it cannot have. */
export function allocateOnCreate(core: Core, kind: GroupVersionKind, object: KubeObject): void {
  if (kind.kind === 'Service') allocateAddresses(core, object);
}

/** After validation: the status that a new object starts with. */
export function completeCreate(kind: GroupVersionKind, object: KubeObject): void {
  const status = firstStatusOf(kind, object);
  if (status !== undefined) object.status = structuredClone(status);
}

function firstStatusOf({ kind }: GroupVersionKind, object: KubeObject): JsonObject | undefined {
  if (kind === 'Pod') return initialPodStatus(object.spec ?? {});
  return kind === 'CustomResourceDefinition' ? firstDefinitionStatus(object) : firstStatus[kind];
}

/** What an update keeps or is given. Throws ApiError 422 as above, and 403 for a second default class. */
export function allocateOnUpdate(
  core: Core,
  kind: GroupVersionKind,
  before: KubeObject,
  after: KubeObject,
): void {
  if (kind.kind === 'Service') keepAddresses(core, before, after);
  if (kind.kind === 'Pod') keepPriority(before, after);
  if (kind.kind === 'PersistentVolume') stampPhase(core, before, after);
  checkDefaultClass(core, after);
}

function stampPhase({ clock }: Core, before: KubeObject, after: KubeObject): void {
  if (before.status?.['phase'] === after.status?.['phase']) return;
  after.status = { ...after.status, lastPhaseTransitionTime: timestamp(clock.now()) };
}
