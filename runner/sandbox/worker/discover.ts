/** Which types the API server has: what `kubectl api-resources` asks, one list per group. */
import type { KubeConfig } from '@kubernetes/client-node';
import type { ResourceType } from './worker.ts';

/** The types of each group's preferred version, without subresources. Rejects as client-node does. */
export async function discover(config: KubeConfig): Promise<ResourceType[]> {
  const { ApisApi, CoreV1Api, CustomObjectsApi } = await import('@kubernetes/client-node');
  const groups = config.makeApiClient(CustomObjectsApi);
  const { groups: all } = await config.makeApiClient(ApisApi).getAPIVersions();
  const lists = await Promise.all([
    config.makeApiClient(CoreV1Api).getAPIResources(),
    ...all.map(({ name: group, versions, preferredVersion = versions[0] }) =>
      groups.getAPIResources({ group, version: preferredVersion?.version ?? '' }),
    ),
  ]);
  return lists.flatMap(({ groupVersion, resources }) =>
    resources
      .filter(({ name }) => !name.includes('/'))
      .map(({ kind, namespaced, verbs }) => ({ apiVersion: groupVersion, kind, namespaced, verbs })),
  );
}
