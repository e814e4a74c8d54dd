/** Which resources there are to look through: the built-in ones, and custom ones as their definitions come and go. */
import type { Cluster, KubeObject, ResourceName } from '../kube.ts';
import { record, records, text } from './fields.ts';
import { CLUSTER_SCOPED, DEFINITIONS, NAMESPACED } from './resources.ts';

export interface KnownResources {
  namespaced(): readonly ResourceName[];
  all(): readonly ResourceName[];
}

/** Reads definitions anew at each call: they are few, and never stale. */
export function knownResources(cluster: Cluster): KnownResources {
  const custom = (scope: string): ResourceName[] =>
    cluster
      .list(DEFINITIONS)
      .filter((definition) => definition.spec?.['scope'] === scope)
      .map((definition) => resourceOf(definition));
  return {
    namespaced: () => [...custom('Namespaced'), ...NAMESPACED],
    all: () => [...custom('Namespaced'), ...custom('Cluster'), ...NAMESPACED, ...CLUSTER_SCOPED],
  };
}

/** The resource under which a definition's objects are stored. */
export function resourceOf(definition: KubeObject): ResourceName {
  const versions = records(definition.spec?.['versions']);
  const stored = versions.find((version) => version['storage'] === true) ?? versions[0];
  return {
    group: text(definition.spec?.['group']) ?? '',
    version: text(stored?.['name']) ?? 'v1',
    resource: text(record(definition.spec?.['names'])['plural']) ?? '',
  };
}
