/** What keeps a pod's volumes from being mounted: Secrets and ConfigMaps, or keys of them, that are not there. */
import type { Cluster, JsonObject, KubeObject } from '../../kube.ts';
import { record, records, text, textMap } from '../fields.ts';
import { CONFIG_MAPS, SECRETS, SERVICE_ACCOUNTS } from '../resources.ts';

/** The message of a FailedMount event for the first volume that cannot be mounted; undefined if all can. */
export function mountFailure(cluster: Cluster, pod: KubeObject): string | undefined {
  for (const volume of records(pod.spec?.['volumes'])) {
    const error = volumeError(cluster, pod, volume);
    if (error !== undefined)
      return `MountVolume.SetUp failed for volume "${text(volume['name'])}" : ${error}`;
  }
  return undefined;
}

function volumeError(cluster: Cluster, pod: KubeObject, volume: JsonObject): string | undefined {
  const { secret, configMap, projected } = volume;
  if (secret !== undefined) return sourceError(cluster, pod, 'secret', record(secret), 'secretName');
  if (configMap !== undefined) return sourceError(cluster, pod, 'configmap', record(configMap), 'name');
  return records(record(projected)['sources'])
    .map((source) => projectedError(cluster, pod, source))
    .find((error) => error !== undefined);
}

function projectedError(cluster: Cluster, pod: KubeObject, source: JsonObject): string | undefined {
  const { secret, configMap, serviceAccountToken } = source;
  if (secret !== undefined) return sourceError(cluster, pod, 'secret', record(secret), 'name');
  if (configMap !== undefined) return sourceError(cluster, pod, 'configmap', record(configMap), 'name');
  if (serviceAccountToken === undefined) return undefined;
  const account = text(pod.spec?.['serviceAccountName']) ?? 'default';
  return cluster.get(SERVICE_ACCOUNTS, pod.metadata.namespace, account) === undefined
    ? `failed to fetch token: serviceaccounts "${account}" not found`
    : undefined;
}

function sourceError(
  cluster: Cluster,
  pod: KubeObject,
  kind: 'secret' | 'configmap',
  source: JsonObject,
  nameField: string,
): string | undefined {
  if (source['optional'] === true) return undefined;
  const name = text(source[nameField]) ?? '';
  const object = cluster.get(kind === 'secret' ? SECRETS : CONFIG_MAPS, pod.metadata.namespace, name);
  if (object === undefined) return `${kind} "${name}" not found`;
  const data = { ...textMap(object['data']), ...textMap(object['binaryData']) };
  const missing = records(source['items'])
    .map((item) => text(item['key']) ?? '')
    .find((key) => !Object.hasOwn(data, key));
  if (missing === undefined) return undefined;
  return kind === 'secret'
    ? `references non-existent secret key: ${missing}`
    : `configmap references non-existent config key: ${missing}`;
}
