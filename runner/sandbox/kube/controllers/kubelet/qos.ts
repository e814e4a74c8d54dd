/** The quality-of-service class of a pod, from its containers' requests and limits. */
import type { KubeObject } from '../../kube.ts';
import { record, records, text } from '../fields.ts';

/** As in pkg/apis/core/v1/helper/qos: cpu and memory only. */
export function qosClass(pod: KubeObject): string {
  const given = text(pod.status?.['qosClass']);
  if (given !== undefined) return given;
  const containers = [...records(pod.spec?.['initContainers']), ...records(pod.spec?.['containers'])];
  const resources = containers.map((container) => record(container['resources']));
  const has = (list: unknown, name: string): boolean => record(list)[name] !== undefined;
  const asked = resources.some(({ requests, limits }) =>
    ['cpu', 'memory'].some((name) => has(requests, name) || has(limits, name)),
  );
  if (!asked) return 'BestEffort';
  const exact = resources.every(({ requests, limits }) =>
    ['cpu', 'memory'].every(
      (name) =>
        has(limits, name) && (!has(requests, name) || record(requests)[name] === record(limits)[name]),
    ),
  );
  return exact ? 'Guaranteed' : 'Burstable';
}
