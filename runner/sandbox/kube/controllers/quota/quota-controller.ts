/** Keeps what a ResourceQuota says of its use up to date (pkg/controller/resourcequota). */
import type { JsonObject, KubeObject } from '../../kube.ts';
import { countedResource, renderAmount, usageOf } from '../../quota/measure-usage.ts';
import type { Context, Controller, Key } from '../controller.ts';
import { record, same } from '../fields.ts';
import { getByKey, keyOf } from '../objects.ts';
import { NAMESPACED, QUOTAS, isResource } from '../resources.ts';

const MANAGER = 'kube-controller-manager';

export function quotaController(context: Context): Controller {
  const { cluster } = context;
  const keysIn = (namespace: string | undefined): Key[] =>
    cluster.list(QUOTAS, namespace).map((quota) => keyOf(quota));
  return {
    name: 'resourcequota',
    initial: () => keysIn(undefined),
    keys: ({ type, resource, object }) => {
      if (isResource(resource, QUOTAS)) return keysIn(object.metadata.namespace);
      const { namespace } = object.metadata;
      const counts = namespace !== undefined && (type !== 'MODIFIED' || object.kind === 'Pod');
      return counts ? keysIn(namespace) : [];
    },
    sync: (key) => {
      const quota = getByKey(cluster, QUOTAS, key);
      if (quota !== undefined) measure(context, quota);
    },
  };
}

function measure({ cluster }: Context, quota: KubeObject): void {
  const hard = record(quota.spec?.['hard']);
  const used: JsonObject = {};
  for (const name of Object.keys(hard)) {
    const counted = countedResource(name);
    const resource = NAMESPACED.find(
      (known) => (known.group === '' ? known.resource : `${known.resource}.${known.group}`) === counted,
    );
    const objects = resource === undefined ? [] : cluster.list(resource, quota.metadata.namespace);
    const amount = objects.reduce(
      (sum, object) => sum + (resource === undefined ? 0n : (usageOf(resource, object).get(name) ?? 0n)),
      0n,
    );
    used[name] = renderAmount(name, amount);
  }
  const status: JsonObject = { hard, used };
  if (!same(quota.status, status)) cluster.updateStatus(QUOTAS, { ...quota, status }, MANAGER);
}
