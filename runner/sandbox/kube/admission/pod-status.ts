/** The status that a new pod starts with: Pending, and the quality of service that its resources give it. */
import { parseQuantity } from '../defaults/quantity.ts';
import type { JsonObject } from '../kube.ts';
import { readObject, readObjects, readText } from '../objects/fields.ts';

/** The first status of a pod with this spec. */
export function initialPodStatus(spec: JsonObject): JsonObject {
  return { phase: 'Pending', qosClass: qosClass(spec) };
}

/** Guaranteed, Burstable or BestEffort (pkg/apis/core/v1/helper/qos). */
export function qosClass(spec: JsonObject): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...readObjects(spec, 'initContainers'), ...readObjects(spec, 'containers')];
  const amounts = containers.map((container) => ({
    limits: computeAmounts(readObject(container, 'resources', 'limits')),
    requests: computeAmounts(readObject(container, 'resources', 'requests')),
  }));
  if (amounts.every(({ limits, requests }) => limits.size === 0 && requests.size === 0)) return 'BestEffort';
  const guaranteed = amounts.every(
    ({ limits, requests }) =>
      limits.size === 2 && [...limits].every(([name, amount]) => (requests.get(name) ?? amount) === amount),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

function computeAmounts(list: JsonObject): Map<string, bigint> {
  const amounts = new Map<string, bigint>();
  for (const name of ['cpu', 'memory']) {
    const amount = parseQuantity(readText(list, name));
    if (amount !== undefined && amount > 0n) amounts.set(name, amount);
  }
  return amounts;
}
