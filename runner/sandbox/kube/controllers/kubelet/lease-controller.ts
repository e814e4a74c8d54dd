/** Each node renews its lease, which is how a cluster knows that it lives (pkg/kubelet, k8s.io/component-helpers lease). */
import type { Context, Controller } from '../controller.ts';
import { text } from '../fields.ts';
import { getByKey, keyOf } from '../objects.ts';
import { LEASES, NODES, isResource } from '../resources.ts';
import { parseStamp } from '../times.ts';

const MANAGER = 'kubelet';
const NAMESPACE = 'kube-node-lease';
/** A quarter of the lease's 40 seconds, by the wall clock: a lease's length is no latency. */
const PERIOD_MS = 10_000;

export function leaseController({ cluster }: Context): Controller {
  return {
    name: 'node-lease',
    initial: () => cluster.list(LEASES, NAMESPACE).map((lease) => keyOf(lease)),
    keys: ({ resource, type, object }) =>
      isResource(resource, LEASES) && type === 'ADDED' && object.metadata.namespace === NAMESPACE
        ? [keyOf(object)]
        : [],
    sync: (key, again) => {
      const lease = getByKey(cluster, LEASES, key);
      if (lease === undefined || cluster.get(NODES, undefined, lease.metadata.name) === undefined) return;
      const now = cluster.clock.now();
      const left = parseStamp(text(lease.spec?.['renewTime'])) + PERIOD_MS - now;
      if (left <= 0) {
        const renewTime = new Date(now).toISOString().replace('Z', '000Z');
        cluster.update(LEASES, { ...lease, spec: { ...lease.spec, renewTime } }, MANAGER);
      }
      again(left > 0 ? left : PERIOD_MS);
    },
  };
}
