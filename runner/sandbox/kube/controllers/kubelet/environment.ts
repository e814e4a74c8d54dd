/** A container's environment, resolved as the kubelet does: service links, envFrom, env, references between them. */
import type { Cluster, JsonObject, KubeObject } from '../../kube.ts';
import { integer, record, records, text, textMap } from '../fields.ts';
import { amount } from '../quantities.ts';
import { CONFIG_MAPS, SECRETS, SERVICES } from '../resources.ts';

/** The part of the API that environments are read from. */
export type Sources = Pick<Cluster, 'get' | 'list'>;

export type Environment =
  | { readonly kind: 'resolved'; readonly env: Readonly<Record<string, string>> }
  /** The text of CreateContainerConfigError. */
  | { readonly kind: 'refused'; readonly error: string };

/** Resolves the environment of `container` in `pod` (whose status already has its IPs). */
export function resolveEnvironment(cluster: Sources, pod: KubeObject, container: JsonObject): Environment {
  const env: Record<string, string> = serviceVariables(cluster, pod);
  try {
    for (const source of records(container['envFrom'])) Object.assign(env, fromSource(cluster, pod, source));
    for (const variable of records(container['env'])) {
      const name = text(variable['name']) ?? '';
      const value =
        variable['valueFrom'] === undefined
          ? expand(text(variable['value']) ?? '', env)
          : fromReference(cluster, pod, record(variable['valueFrom']));
      if (value !== undefined) env[name] = value;
    }
  } catch (error) {
    if (error instanceof MissingSource) return { kind: 'refused', error: error.message };
    throw error;
  }
  return { kind: 'resolved', env };
}

/** `$(NAME)` replaced where NAME is known; `$$` is one `$`. */
export function expand(value: string, env: Readonly<Record<string, string>>): string {
  return value.replaceAll(/\$(?:\$|\(([^)]*)\))/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$';
    return Object.hasOwn(env, name) ? (env[name] ?? whole) : whole;
  });
}

class MissingSource extends Error {}

function fromSource(cluster: Sources, pod: KubeObject, source: JsonObject): Record<string, string> {
  const prefix = text(source['prefix']) ?? '';
  const kind = source['secretRef'] === undefined ? 'configmap' : 'secret';
  const reference = record(source[kind === 'secret' ? 'secretRef' : 'configMapRef']);
  const data = readData(cluster, pod, kind, reference) ?? {};
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [`${prefix}${key}`, value]));
}

function fromReference(cluster: Sources, pod: KubeObject, from: JsonObject): string | undefined {
  if (from['fieldRef'] !== undefined)
    return fieldValue(pod, text(record(from['fieldRef'])['fieldPath']) ?? '');
  if (from['resourceFieldRef'] !== undefined) return resourceValue(pod, record(from['resourceFieldRef']));
  const kind = from['secretKeyRef'] === undefined ? 'configmap' : 'secret';
  const reference = record(from[kind === 'secret' ? 'secretKeyRef' : 'configMapKeyRef']);
  const data = readData(cluster, pod, kind, reference);
  const key = text(reference['key']) ?? '';
  if (data !== undefined && Object.hasOwn(data, key)) return data[key];
  if (reference['optional'] === true) return undefined;
  const title = kind === 'secret' ? 'Secret' : 'ConfigMap';
  throw new MissingSource(
    `couldn't find key ${key} in ${title} ${pod.metadata.namespace}/${text(reference['name'])}`,
  );
}

/** The data of a ConfigMap or Secret, decoded; undefined if it is missing and may be. */
function readData(
  cluster: Sources,
  pod: KubeObject,
  kind: 'configmap' | 'secret',
  reference: JsonObject,
): Record<string, string> | undefined {
  const name = text(reference['name']) ?? '';
  const object = cluster.get(kind === 'secret' ? SECRETS : CONFIG_MAPS, pod.metadata.namespace, name);
  if (object !== undefined) {
    const data = textMap(object['data']);
    if (kind === 'configmap') return data;
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decode(value)]));
  }
  if (reference['optional'] === true) return undefined;
  throw new MissingSource(`${kind} "${name}" not found`);
}

function decode(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

function fieldValue(pod: KubeObject, path: string): string {
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (keyed !== null) {
    const map = keyed[1] === 'labels' ? pod.metadata.labels : pod.metadata.annotations;
    return map?.[keyed[2] ?? ''] ?? '';
  }
  if (path === 'status.podIPs') return text(pod.status?.['podIP']) ?? '';
  let value: unknown = pod;
  for (const part of path.split('.')) value = record(value)[part];
  return text(value) ?? '';
}

/** Limits and requests of a container, in units of the divisor, rounded up. */
function resourceValue(pod: KubeObject, reference: JsonObject): string {
  const name = text(reference['containerName']);
  const containers = records(pod.spec?.['containers']);
  const container = containers.find((candidate) => candidate['name'] === name) ?? containers[0];
  const [list = '', resource = ''] = (text(reference['resource']) ?? '').split(/\.(.*)/s);
  const quantity = record(record(container?.['resources'])[list])[resource];
  const divisor = amount(reference['divisor']) || 1;
  return String(Math.ceil(amount(quantity) / divisor));
}

/**
 * What the kubelet injects for the Services of the pod's namespace (unless enableServiceLinks is false) and always for
 * the API server: `NAME_SERVICE_HOST`, `NAME_SERVICE_PORT` and Docker's link variables (pkg/kubelet/envvars).
 */
export function serviceVariables(cluster: Sources, pod: KubeObject): Record<string, string> {
  const linked =
    record(pod.spec)['enableServiceLinks'] === false ? [] : cluster.list(SERVICES, pod.metadata.namespace);
  const master = cluster.get(SERVICES, 'default', 'kubernetes');
  const env: Record<string, string> = {};
  for (const service of [...(master === undefined ? [] : [master]), ...linked]) {
    const ip = text(service.spec?.['clusterIP']) ?? '';
    if (ip !== '' && ip !== 'None') Object.assign(env, linkVariables(service, ip));
  }
  return env;
}

function linkVariables(service: KubeObject, ip: string): Record<string, string> {
  const name = variableName(service.metadata.name);
  const env: Record<string, string> = { [`${name}_SERVICE_HOST`]: ip };
  for (const [index, port] of records(service.spec?.['ports']).entries()) {
    const number = integer(port['port'], 0);
    const protocol = text(port['protocol']) ?? 'TCP';
    const url = `${protocol.toLowerCase()}://${ip}:${number}`;
    if (index === 0) Object.assign(env, { [`${name}_SERVICE_PORT`]: String(number), [`${name}_PORT`]: url });
    const portName = text(port['name']);
    if (portName !== undefined) env[`${name}_SERVICE_PORT_${variableName(portName)}`] = String(number);
    const prefix = `${name}_PORT_${number}_${protocol}`;
    Object.assign(env, {
      [prefix]: url,
      [`${prefix}_PROTO`]: protocol.toLowerCase(),
      [`${prefix}_PORT`]: String(number),
      [`${prefix}_ADDR`]: ip,
    });
  }
  return env;
}

function variableName(name: string): string {
  return name.replaceAll('-', '_').toUpperCase();
}
