/** What the API server fills into pod specs, of pods and of templates (pkg/apis/core/v1/defaults.go). */
import type { JsonObject } from '../kube.ts';
import { childObject, readObject, readObjects, readText, setDefault } from '../objects/fields.ts';
import { isObject } from '../schema/json-value.ts';
import { canonicaliseAmounts } from './quantity.ts';

const FILE_MODE = 420;

/** Fills the spec of a pod or of a pod template. */
export function defaultPodSpec(spec: JsonObject): void {
  setDefault(spec, 'restartPolicy', 'Always');
  setDefault(spec, 'dnsPolicy', 'ClusterFirst');
  setDefault(spec, 'schedulerName', 'default-scheduler');
  setDefault(spec, 'terminationGracePeriodSeconds', 30);
  childObject(spec, 'securityContext');
  const account = readText(spec, 'serviceAccountName') || readText(spec, 'serviceAccount');
  if (account !== '') Object.assign(spec, { serviceAccountName: account, serviceAccount: account });
  for (const field of ['initContainers', 'containers']) readObjects(spec, field).forEach(defaultContainer);
  readObjects(spec, 'volumes').forEach(defaultVolume);
}

/** What only pods get, not templates. */
export function defaultPod(pod: JsonObject): void {
  const spec = childObject(pod, 'spec');
  defaultPodSpec(spec);
  setDefault(spec, 'enableServiceLinks', true);
  for (const field of ['initContainers', 'containers']) readObjects(spec, field).forEach(requestLimits);
}

/** A limit without a request is also the request. */
export function requestLimits(container: JsonObject): void {
  const limits = readObject(container, 'resources', 'limits');
  if (Object.keys(limits).length === 0) return;
  const requests = childObject(childObject(container, 'resources'), 'requests');
  for (const [name, amount] of Object.entries(limits)) {
    if (amount !== undefined) setDefault(requests, name, amount);
  }
}

function defaultContainer(container: JsonObject): void {
  setDefault(container, 'terminationMessagePath', '/dev/termination-log');
  setDefault(container, 'terminationMessagePolicy', 'File');
  setDefault(container, 'imagePullPolicy', pullPolicy(readText(container, 'image')));
  const resources = childObject(container, 'resources');
  for (const field of ['limits', 'requests']) canonicaliseAmounts(readObject(resources, field));
  for (const port of readObjects(container, 'ports')) setDefault(port, 'protocol', 'TCP');
  for (const field of ['livenessProbe', 'readinessProbe', 'startupProbe']) {
    const probe = container[field];
    if (isObject(probe)) defaultProbe(probe);
  }
  for (const hook of ['postStart', 'preStop']) defaultHttpGet(readObject(container, 'lifecycle', hook));
  for (const variable of readObjects(container, 'env')) defaultFieldRef(readObject(variable, 'valueFrom'));
}

function defaultFieldRef(source: JsonObject): void {
  const reference = source['fieldRef'];
  if (isObject(reference)) setDefault(reference, 'apiVersion', 'v1');
}

function defaultProbe(probe: JsonObject): void {
  setDefault(probe, 'timeoutSeconds', 1);
  setDefault(probe, 'periodSeconds', 10);
  setDefault(probe, 'successThreshold', 1);
  setDefault(probe, 'failureThreshold', 3);
  defaultHttpGet(probe);
  const grpc = probe['grpc'];
  if (isObject(grpc)) setDefault(grpc, 'service', '');
}

function defaultHttpGet(handler: JsonObject): void {
  const request = handler['httpGet'];
  if (!isObject(request)) return;
  setDefault(request, 'path', '/');
  setDefault(request, 'scheme', 'HTTP');
}

function pullPolicy(image: string): string {
  const [withoutDigest = '', digest] = image.split('@');
  const tag = /:([^/:]+)$/.exec(withoutDigest)?.[1];
  return digest === undefined && (tag === undefined || tag === 'latest') ? 'Always' : 'IfNotPresent';
}

function defaultVolume(volume: JsonObject): void {
  if (Object.keys(volume).every((field) => field === 'name')) volume['emptyDir'] = {};
  for (const field of ['secret', 'configMap', 'projected', 'downwardAPI']) {
    const source = volume[field];
    if (isObject(source)) setDefault(source, 'defaultMode', FILE_MODE);
  }
  canonicaliseAmounts(readObject(volume, 'emptyDir'));
  const host = volume['hostPath'];
  if (isObject(host)) host['type'] ??= '';
  readObjects(volume, 'downwardAPI', 'items').forEach(defaultFieldRef);
  for (const source of readObjects(volume, 'projected', 'sources')) {
    readObjects(source, 'downwardAPI', 'items').forEach(defaultFieldRef);
    const token = source['serviceAccountToken'];
    if (isObject(token)) setDefault(token, 'expirationSeconds', 3600);
  }
}
