/** The claims that a pod needs before it can be placed (scheduler plugin volumebinding). */
import type { Cluster, KubeObject } from '../../kube.ts';
import { record, records, text } from '../fields.ts';
import { CLAIMS } from '../resources.ts';

/** The names of the claims that a pod uses. */
export function claimsOf(pod: KubeObject): string[] {
  return records(pod.spec?.['volumes'])
    .map((volume) => text(record(volume['persistentVolumeClaim'])['claimName']))
    .filter((name) => name !== undefined);
}

/** Why the pod cannot be placed anywhere yet; undefined where all its claims are bound. */
export function claimTrouble(cluster: Cluster, pod: KubeObject): string | undefined {
  const claims = claimsOf(pod).map((name) => ({
    name,
    claim: cluster.get(CLAIMS, pod.metadata.namespace, name),
  }));
  const missing = claims.find(({ claim }) => claim === undefined);
  if (missing !== undefined) return `persistentvolumeclaim "${missing.name}" not found`;
  const isBound = claims.every(({ claim }) => text(claim?.status?.['phase']) === 'Bound');
  return isBound ? undefined : 'pod has unbound immediate PersistentVolumeClaims';
}
