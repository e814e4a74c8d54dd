/**
 * Creating and updating: the order of steps is the API server's (defaults, ownership, admission, allocation, validation, existence), because
 * the order decides which of several mistakes the user is told of.
 */
import {
  admitAmounts,
  admitCreate,
  allocateOnCreate,
  allocateOnUpdate,
  completeCreate,
} from '../admission/admit.ts';
import { prepareSpec } from '../admission/prepare-spec.ts';
import { setDefaults } from '../defaults/set-defaults.ts';
import { alreadyExists, ApiError, conflict, invalid, notFound, staleVersion } from '../errors.ts';
import { trackUpdate } from '../fields/track-update.ts';
import type { BodyKind, ServedResource } from '../custom/custom.ts';
import type { JsonObject, KubeObject, ObjectMeta, ResourceName } from '../kube.ts';
import { sameJson } from '../schema/json-value.ts';
import { validateObject, validateUpdate } from '../validation/validate.ts';
import type { Ids } from '../../store/ids.ts';
import type { Core, WriteOptions } from './core.ts';
import { asJson, asObject, copyObject, readObject, readText, timestamp } from './fields.ts';
import { joinGroupVersion, kindOfEntry, servedResource } from './resources.ts';

/** Kinds whose `metadata.generation` counts changes of the spec. */
const withGeneration = new Set([
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Pod',
  'PodTemplate',
  'PriorityClass',
  'EndpointSlice',
  'PodDisruptionBudget',
  'NetworkPolicy',
  'Ingress',
  'IngressClass',
  'CustomResourceDefinition',
]);

/** Kinds whose status a create may bring along. */
const keepsStatus = new Set(['Node', 'Namespace']);

/** Creates the object and returns it as stored. Throws ApiError. */
export function createObject(
  core: Core,
  resource: ResourceName,
  input: KubeObject,
  options: WriteOptions,
): KubeObject {
  const entry = servedResource(core.objects, resource);
  const kind = kindOfEntry(entry);
  return core.objects.transaction(() => {
    const object = prepareCreate(core, entry, input);
    setDefaults(kind, asJson(object));
    // Nobody owns what admission and the kind's own rules change: they come after.
    if (options.managed !== true) track(core, kind, undefined, object, options);
    admitCreate(core, resource, object);
    nameObject(core, input, object);
    setDefaults(kind, asJson(object));
    if (entry.custom === undefined) {
      prepareSpec(kind, object);
      allocateOnCreate(core, kind, object);
    }
    const problems = validateObject(kind, asJson(object));
    if (problems.length > 0) throw invalid(kind, object.metadata.name, problems);
    const { name, namespace } = object.metadata;
    if (core.objects.get(resource, namespace, name) !== undefined) throw alreadyExists(resource, name);
    admitAmounts(core, resource, object);
    if (entry.custom === undefined) completeCreate(kind, object);
    return core.objects.put(resource, object);
  });
}

function prepareCreate(core: Core, entry: ServedResource, input: KubeObject): KubeObject {
  const object = copyObject(input);
  object.apiVersion = joinGroupVersion(entry);
  object.kind = entry.kind;
  const { metadata } = object;
  metadata.name ||= metadata.generateName ?? '';
  if (!entry.namespaced) delete metadata.namespace;
  metadata.uid = idsOf(core, object).uuid();
  metadata.creationTimestamp = timestamp(core.clock.now());
  delete metadata.resourceVersion;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.generation;
  if (hasGeneration(entry)) metadata.generation = 1;
  if (!takesStatus(entry)) delete object.status;
  return object;
}

/** By its name, so that runs with one seed agree however their clients take turns; events have names that no other run has. */
function idsOf({ ids }: Core, { kind, metadata }: KubeObject): Ids {
  return kind === 'Event' ? ids : ids.for(`${kind} ${metadata.namespace ?? ''}/${metadata.name}`);
}

function hasGeneration({ kind, custom }: ServedResource): boolean {
  return custom !== undefined || withGeneration.has(kind);
}

/** Whether a write of the object itself may bring a status along. */
function takesStatus({ kind, custom }: ServedResource): boolean {
  return custom === undefined ? keepsStatus.has(kind) : !custom.hasStatus;
}

/** Only what was admitted gets its suffix: until then a refusal names the object by its `generateName`. */
function nameObject(core: Core, { metadata }: KubeObject, object: KubeObject): void {
  if (metadata.name || !metadata.generateName) return;
  object.metadata.name = `${metadata.generateName}${idsOf(core, object).suffix(5)}`;
}

/** Replaces the stored object; with `subresource: 'status'` only its status. Returns it as stored. Throws ApiError. */
export function updateObject(
  core: Core,
  resource: ResourceName,
  input: KubeObject,
  options: WriteOptions,
): KubeObject {
  const entry = servedResource(core.objects, resource);
  const kind = kindOfEntry(entry);
  return core.objects.transaction(() => {
    const { name, namespace } = input.metadata;
    const before = core.objects.get(resource, namespace, name);
    if (before === undefined) throw notFound(resource, name);
    checkPreconditions(resource, before, input.metadata);
    const after = mergeUpdate(entry, before, input, options);
    setDefaults(kind, asJson(after));
    if (options.managed !== true) track(core, kind, before, after, options);
    if (entry.custom === undefined) {
      allocateOnUpdate(core, kind, before, after);
      prepareSpec(kind, after, before);
    }
    const problems =
      options.subresource === undefined
        ? validateUpdate(kind, asJson(before), asJson(after))
        : validateObject(kind, asJson(after));
    if (problems.length > 0) throw invalid(kind, name, problems);
    if (hasGeneration(entry) && options.subresource !== 'status' && isNewGeneration(entry, before, after)) {
      after.metadata.generation = (before.metadata.generation ?? 0) + 1;
    }
    if (sameJson(comparable(before), comparable(after))) return before;
    if (isFinished(after)) return core.objects.remove(resource, namespace, name) ?? after;
    return core.objects.put(resource, after);
  });
}

function checkPreconditions(resource: ResourceName, before: KubeObject, wanted: ObjectMeta): void {
  const { name, uid, resourceVersion } = before.metadata;
  if (wanted.uid !== undefined && wanted.uid !== '' && wanted.uid !== uid) {
    const key = ['/registry', resource.resource, before.metadata.namespace, name].filter(
      (part) => part !== undefined,
    );
    const storage = `StorageError: invalid object, Code: 4, Key: ${key.join('/')}, ResourceVersion: 0`;
    const words = `Precondition failed: UID in precondition: ${wanted.uid}, UID in object meta: ${uid ?? ''}`;
    const why = `${storage}, AdditionalErrorMsg: ${words}`;
    throw conflict(resource, name, why);
  }
  const version = wanted.resourceVersion ?? '';
  if (version !== '' && !/^\d+$/.test(version)) {
    throw new ApiError(400, 'BadRequest', `invalid resource version "${version}"`);
  }
  if (version !== '' && version !== '0' && version !== resourceVersion) throw staleVersion(resource, name);
}

/** What the writer may change, over what it may not. */
function mergeUpdate(
  entry: ServedResource,
  before: KubeObject,
  input: KubeObject,
  options: WriteOptions,
): KubeObject {
  const after = copyObject(input);
  after.apiVersion = before.apiVersion;
  after.kind = before.kind;
  const held = copyObject(before);
  if (options.subresource === 'status') {
    const { annotations, managedFields } = after.metadata;
    const metadata = asMeta({
      ...held.metadata,
      annotations,
      managedFields: managedFields ?? held.metadata.managedFields,
    });
    return { ...held, metadata, ...(after.status === undefined ? {} : { status: after.status }) };
  }
  const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation } = held.metadata;
  const system = { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation };
  after.metadata = asMeta({ ...after.metadata, ...system, resourceVersion: held.metadata.resourceVersion });
  if (entry.custom !== undefined && takesStatus(entry)) return after;
  if (held.status === undefined) delete after.status;
  else after.status = held.status;
  if (before.kind === 'Namespace' && options.subresource !== 'finalize' && held.spec !== undefined) {
    after.spec = held.spec;
  }
  return after;
}

/** The spec changed; a Deployment's annotations count too. Binding a pod to its node is no change of what is wanted. */
function isNewGeneration(entry: ServedResource, before: KubeObject, after: KubeObject): boolean {
  if (entry.custom !== undefined) return !sameJson(contentOf(entry, before), contentOf(entry, after));
  if (before.kind === 'Pod' && readText(asJson(before), 'spec', 'nodeName') === '') return false;
  if (before.kind === 'EndpointSlice') return !sameJson(withoutMeta(before), withoutMeta(after));
  if (before.kind === 'PodTemplate') return !sameJson(asJson(before)['template'], asJson(after)['template']);
  if (!sameJson(before.spec, after.spec)) return true;
  const annotations = ({ metadata }: KubeObject): JsonObject => metadata.annotations ?? {};
  return before.kind === 'Deployment' && !sameJson(annotations(before), annotations(after));
}

/** A custom object without what is not wanted of it: its metadata, and a status that is written apart. */
function contentOf(entry: ServedResource, object: KubeObject): JsonObject {
  const { metadata: _, status, ...rest } = asJson(object);
  return takesStatus(entry) ? { ...rest, status } : rest;
}

function withoutMeta(object: KubeObject): JsonObject {
  const { metadata, ...rest } = asJson(object);
  return { ...rest, labels: readObject(metadata, 'labels') };
}

function asMeta(metadata: Record<string, unknown>): ObjectMeta {
  const set = Object.entries(metadata).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set) as unknown as ObjectMeta;
}

function track(
  core: Core,
  kind: BodyKind,
  before: KubeObject | undefined,
  after: KubeObject,
  options: WriteOptions,
): void {
  const managedFields = trackUpdate({
    kind,
    ...(before === undefined ? {} : { before }),
    after,
    manager: options.manager,
    ...(options.subresource === undefined ? {} : { subresource: options.subresource }),
    time: timestamp(core.clock.now()),
  });
  if (managedFields.length > 0) after.metadata.managedFields = managedFields;
  else delete after.metadata.managedFields;
}

/** The object without what changes by itself: its version, and when a manager last wrote. */
function comparable(object: KubeObject): JsonObject {
  const { resourceVersion: _, managedFields, ...metadata } = object.metadata;
  const managers = (managedFields ?? []).map(({ time, ...rest }) => ({
    ...rest,
    isTimed: time !== undefined,
  }));
  return asJson(
    asObject({ ...asJson(object), metadata: { ...metadata, managers } as unknown as JsonObject }),
  );
}

/** Deletion was pending and nothing holds the object any more. */
function isFinished(object: KubeObject): boolean {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers } = object.metadata;
  if (deletionTimestamp === undefined || (finalizers ?? []).length > 0) return false;
  if (object.kind === 'Namespace')
    return (
      (object.spec?.['finalizers'] as string[] | undefined)?.length === 0 ||
      object.spec?.['finalizers'] === undefined
    );
  return object.kind !== 'Pod' || (deletionGracePeriodSeconds ?? 0) === 0;
}
