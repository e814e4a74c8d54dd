/** Keeps each Service's Endpoints and EndpointSlices in step with its pods' readiness (pkg/controller/endpoint, endpointslice). */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Context, Controller, Key } from '../controller.ts';
import { same, text, textMap } from '../fields.ts';
import { controllerReference, getByKey, isBeingDeleted, isControlledBy, keyOf } from '../objects.ts';
import { ENDPOINTS, ENDPOINT_SLICES, PODS, SERVICES, isResource } from '../resources.ts';
import { matchesLabels } from '../selectors.ts';
import { backEndsOf, groupByPorts, podsOf, type BackEnd } from './endpoint-data.ts';
import { trackTriggerTimes, withTriggerTime } from './trigger-times.ts';

const MANAGER = 'kube-controller-manager';
const SERVICE_NAME = 'kubernetes.io/service-name';
const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const HEADLESS = 'service.kubernetes.io/headless';

/** What a Service's addresses shall be from now on. */
interface Addresses {
  readonly service: KubeObject;
  readonly backEnds: readonly BackEnd[];
  readonly triggeredAt: number | undefined;
}

export function endpointsController(context: Context): Controller {
  const { cluster } = context;
  const triggerTimes = trackTriggerTimes();
  return {
    name: 'endpoints',
    initial: () => cluster.list(SERVICES).map((service) => keyOf(service)),
    keys: ({ resource, object, before }) => {
      if (isResource(resource, SERVICES)) return [keyOf(object)];
      return isResource(resource, PODS) ? servicesOf(context, object, before) : [];
    },
    sync: (key) => {
      const service = getByKey(cluster, SERVICES, key);
      const [namespace = '', name = ''] = key.split('/');
      if (service === undefined) {
        triggerTimes.forget(key);
        if (cluster.get(ENDPOINTS, namespace, name) !== undefined) cluster.delete(ENDPOINTS, namespace, name);
        return;
      }
      const isSelecting = Object.keys(textMap(service.spec?.['selector'])).length > 0;
      if (!isSelecting || isBeingDeleted(service) || service.spec?.['type'] === 'ExternalName') return;
      const pods = podsOf(cluster, service);
      const triggeredAt = triggerTimes.next(service, pods);
      const addresses = { service, backEnds: backEndsOf(service, pods), triggeredAt };
      writeEndpoints(context, addresses);
      writeSlices(context, addresses);
    },
  };
}

function servicesOf({ cluster }: Context, pod: KubeObject, before: KubeObject | undefined): Key[] {
  return cluster
    .list(SERVICES, pod.metadata.namespace)
    .filter((service) => {
      const selector = textMap(service.spec?.['selector']);
      if (Object.keys(selector).length === 0) return false;
      return [pod, before].some(
        (version) => version !== undefined && matchesLabels(selector, version.metadata.labels),
      );
    })
    .map((service) => keyOf(service));
}

function isHeadless(service: KubeObject): boolean {
  return text(service.spec?.['clusterIP']) === 'None';
}

function writeEndpoints({ cluster }: Context, { service, backEnds, triggeredAt }: Addresses): void {
  const { namespace, name } = service.metadata;
  const existing = cluster.get(ENDPOINTS, namespace, name);
  const subsets = groupByPorts(backEnds.filter(({ terminating }) => !terminating)).map((group) =>
    subset(group),
  );
  const labels = {
    ...service.metadata.labels,
    'endpoints.kubernetes.io/managed-by': 'endpoint-controller',
    ...(isHeadless(service) ? { [HEADLESS]: '' } : {}),
  };
  const unchanged = same(existing?.['subsets'] ?? [], subsets) && same(existing?.metadata.labels, labels);
  if (existing !== undefined && unchanged) return;
  const { annotations, ...metadata } = existing?.metadata ?? {};
  const object: KubeObject = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      ...metadata,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels,
      ...withTriggerTime(annotations, triggeredAt),
    },
    ...(subsets.length > 0 ? { subsets } : {}),
  };
  if (existing === undefined) cluster.create(ENDPOINTS, object, MANAGER);
  else cluster.update(ENDPOINTS, object, MANAGER);
}

function subset(group: readonly BackEnd[]): JsonObject {
  const addresses = (ready: boolean): JsonObject[] =>
    group
      .filter((backEnd) => backEnd.ready === ready)
      .toSorted((one, other) => (one.ip < other.ip ? -1 : 1))
      .map(({ ip, hostname, nodeName, target }) => ({
        ip,
        ...(hostname === undefined ? {} : { hostname }),
        ...(nodeName === undefined ? {} : { nodeName }),
        targetRef: target,
      }));
  const [ready, notReady] = [addresses(true), addresses(false)];
  const ports = [...(group[0]?.ports ?? [])];
  return {
    ...(ready.length > 0 ? { addresses: ready } : {}),
    ...(notReady.length > 0 ? { notReadyAddresses: notReady } : {}),
    ...(ports.length > 0 ? { ports } : {}),
  };
}

function writeSlices({ cluster }: Context, { service, backEnds, triggeredAt }: Addresses): void {
  const { namespace } = service.metadata;
  const existing = cluster
    .list(ENDPOINT_SLICES, namespace)
    .filter((slice) => slice.metadata.labels?.[MANAGED_BY] !== undefined && isControlledBy(slice, service));
  const groups = backEnds.length === 0 ? [[]] : groupByPorts(backEnds);
  for (const [index, group] of groups.entries()) {
    const known = existing[index];
    const next = sliceOf(service, group, known, triggeredAt);
    if (known === undefined) cluster.create(ENDPOINT_SLICES, next, MANAGER);
    else if (!sameSlice(known, next)) cluster.update(ENDPOINT_SLICES, next, MANAGER);
  }
  for (const { metadata } of existing.slice(groups.length))
    cluster.delete(ENDPOINT_SLICES, metadata.namespace, metadata.name);
}

function sameSlice(one: KubeObject, other: KubeObject): boolean {
  const content = ({ metadata, ...rest }: KubeObject): unknown => ({
    labels: metadata.labels,
    endpoints: rest['endpoints'] ?? [],
    ports: rest['ports'] ?? [],
  });
  return same(content(one), content(other));
}

function sliceOf(
  service: KubeObject,
  group: readonly BackEnd[],
  known: KubeObject | undefined,
  triggeredAt: number | undefined,
): KubeObject {
  const { name, namespace, labels } = service.metadata;
  const { annotations, ...metadata } = known?.metadata ?? {
    name: '',
    generateName: `${name}-`,
    ...(namespace === undefined ? {} : { namespace }),
    ownerReferences: [controllerReference(service)],
  };
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...metadata,
      labels: {
        ...labels,
        [SERVICE_NAME]: name,
        [MANAGED_BY]: 'endpointslice-controller.k8s.io',
        ...(isHeadless(service) ? { [HEADLESS]: '' } : {}),
      },
      ...withTriggerTime(annotations, triggeredAt),
    },
    addressType: 'IPv4',
    endpoints: group.length === 0 ? null : group.map((backEnd) => endpointOf(backEnd)),
    ports: group[0]?.ports.map((port) => ({ name: '', ...port })) ?? null,
  };
}

function endpointOf(backEnd: BackEnd): JsonObject {
  const { ip, hostname, nodeName, target, ready, serving, terminating } = backEnd;
  return {
    addresses: [ip],
    conditions: { ready, serving, terminating },
    ...(hostname === undefined ? {} : { hostname }),
    ...(nodeName === undefined ? {} : { nodeName }),
    targetRef: target,
  };
}
