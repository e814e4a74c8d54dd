/** Binds claims to volumes that fit, and lets go of both when they are no longer used (pkg/controller/volume). Nothing is provisioned. */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Context, Controller, Key } from '../controller.ts';
import { record, text, texts } from '../fields.ts';
import { getByKey, isActive, isBeingDeleted, keyOf } from '../objects.ts';
import { amount } from '../quantities.ts';
import { report } from '../refusals.ts';
import { claimsOf } from '../scheduler/pod-claims.ts';
import { CLAIMS, PODS, STORAGE_CLASSES, VOLUMES, isResource } from '../resources.ts';
import { matchesSelector } from '../selectors.ts';

const MANAGER = 'kube-controller-manager';
const COMPONENT = 'persistentvolume-controller';
const PROTECTION = 'kubernetes.io/pvc-protection';
const VOLUME_PROTECTION = 'kubernetes.io/pv-protection';
const BY_CONTROLLER = { 'pv.kubernetes.io/bound-by-controller': 'yes' };

export function claimController(context: Context): Controller {
  const { cluster } = context;
  const all = (): Key[] => cluster.list(CLAIMS).map((claim) => keyOf(claim));
  return {
    name: 'persistentvolume',
    initial: all,
    keys: ({ type, resource, object }) => {
      if (isResource(resource, CLAIMS)) return [keyOf(object)];
      if (isResource(resource, VOLUMES)) return [keyOf(object), ...all()];
      if (isResource(resource, STORAGE_CLASSES)) return all();
      const isLeaving = isResource(resource, PODS) && (type === 'DELETED' || !isActive(object));
      return isLeaving ? claimsOf(object).map((name) => `${object.metadata.namespace}/${name}`) : [];
    },
    sync: (key) => syncClaim(context, key),
  };
}

function syncClaim(context: Context, key: Key): void {
  const { cluster } = context;
  settleVolumes(context);
  const claim = getByKey(cluster, CLAIMS, key);
  if (claim === undefined) return;
  if (isBeingDeleted(claim)) {
    unprotect(context, claim);
    return;
  }
  if (text(claim.status?.['phase']) === 'Bound') return;
  const volume = findVolume(context, claim);
  if (volume === undefined) tellWhy(context, claim);
  else bind(context, claim, volume);
}

/** A claim that a pod still uses stays until the pod is gone. */
function unprotect({ cluster }: Context, claim: KubeObject): void {
  const { namespace, name, finalizers = [] } = claim.metadata;
  const isUsed = cluster.list(PODS, namespace).some((pod) => isActive(pod) && claimsOf(pod).includes(name));
  if (isUsed || !finalizers.includes(PROTECTION)) return;
  const left = finalizers.filter((finalizer) => finalizer !== PROTECTION);
  cluster.update(CLAIMS, { ...claim, metadata: { ...claim.metadata, finalizers: left } }, MANAGER);
}

/** Volumes become Available, and Released when their claim goes; only a bound one is kept from deletion. */
function settleVolumes(context: Context): void {
  const { cluster } = context;
  for (const volume of cluster.list(VOLUMES)) {
    const reference = record(volume.spec?.['claimRef']);
    const claim = cluster.get(CLAIMS, text(reference['namespace']), text(reference['name']) ?? '');
    const uid = text(reference['uid']);
    const isHeld = claim !== undefined && claim.metadata.uid === uid;
    const phase = uid === undefined ? 'Available' : isHeld ? 'Bound' : 'Released';
    if (volume.status?.['phase'] !== phase)
      cluster.updateStatus(VOLUMES, { ...volume, status: { phase } }, MANAGER);
    const { finalizers = [] } = volume.metadata;
    if (!isBeingDeleted(volume) || phase === 'Bound' || !finalizers.includes(VOLUME_PROTECTION)) continue;
    const left = finalizers.filter((finalizer) => finalizer !== VOLUME_PROTECTION);
    cluster.update(VOLUMES, { ...volume, metadata: { ...volume.metadata, finalizers: left } }, MANAGER);
  }
}

/** The smallest volume that fits, one that names the claim first. */
function findVolume({ cluster }: Context, claim: KubeObject): KubeObject | undefined {
  const wanted = claim.spec ?? {};
  const size = amount(record(record(wanted['resources'])['requests'])['storage']);
  const fits = ({ spec = {}, metadata }: KubeObject): boolean =>
    (text(spec['storageClassName']) ?? '') === (text(wanted['storageClassName']) ?? '') &&
    (text(wanted['volumeName']) ?? metadata.name) === metadata.name &&
    spec['volumeMode'] === wanted['volumeMode'] &&
    sizeOf(spec) >= size &&
    texts(wanted['accessModes']).every((mode) => texts(spec['accessModes']).includes(mode)) &&
    (wanted['selector'] === undefined || matchesSelector(wanted['selector'], metadata.labels)) &&
    mayTake(record(spec['claimRef']), claim);
  const rank = ({ spec = {} }: KubeObject): number => (spec['claimRef'] === undefined ? sizeOf(spec) : -1);
  return cluster
    .list(VOLUMES)
    .filter((volume) => !isBeingDeleted(volume) && fits(volume))
    .toSorted((one, other) => rank(one) - rank(other))[0];
}

function sizeOf(spec: JsonObject): number {
  return amount(record(spec['capacity'])['storage']);
}

function mayTake(reference: JsonObject, { metadata }: KubeObject): boolean {
  if (reference['name'] === undefined) return true;
  const isNamed = reference['name'] === metadata.name && reference['namespace'] === metadata.namespace;
  return isNamed && (reference['uid'] === undefined || reference['uid'] === metadata.uid);
}

function bind(context: Context, claim: KubeObject, volume: KubeObject): void {
  const { cluster } = context;
  const { namespace, name, uid, resourceVersion } = claim.metadata;
  const claimRef = { apiVersion: 'v1', kind: claim.kind, name, namespace, uid, resourceVersion };
  const taken = annotate({ ...volume, spec: { ...volume.spec, claimRef } }, BY_CONTROLLER);
  const held = cluster.update(VOLUMES, taken, MANAGER);
  cluster.updateStatus(VOLUMES, { ...held, status: { phase: 'Bound' } }, MANAGER);
  const spec = { ...claim.spec, volumeName: volume.metadata.name };
  const marks = { 'pv.kubernetes.io/bind-completed': 'yes', ...BY_CONTROLLER };
  const bound = cluster.update(CLAIMS, annotate({ ...claim, spec }, marks), MANAGER);
  const { accessModes, capacity } = volume.spec ?? {};
  cluster.updateStatus(CLAIMS, { ...bound, status: { phase: 'Bound', accessModes, capacity } }, MANAGER);
}

function annotate(object: KubeObject, marks: Readonly<Record<string, string>>): KubeObject {
  const annotations = { ...object.metadata.annotations, ...marks };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

function tellWhy({ cluster }: Context, claim: KubeObject): void {
  const name = text(claim.spec?.['storageClassName']) ?? '';
  if (name === '') {
    const message = 'no persistent volumes available for this claim and no storage class is set';
    report(cluster, claim, { type: 'Normal', reason: 'FailedBinding', message, component: COMPONENT });
  } else if (cluster.get(STORAGE_CLASSES, undefined, name) === undefined) {
    const message = `storageclass.storage.k8s.io "${name}" not found`;
    report(cluster, claim, { type: 'Warning', reason: 'ProvisioningFailed', message, component: COMPONENT });
  }
}
