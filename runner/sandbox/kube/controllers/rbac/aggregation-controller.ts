/** Fills a ClusterRole that has an aggregationRule with the rules of the roles that it selects (pkg/controller/clusterroleaggregation). */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Context, Controller } from '../controller.ts';
import { record, records, same } from '../fields.ts';
import { CLUSTER_ROLES, isResource } from '../resources.ts';
import { matchesSelector } from '../selectors.ts';

const MANAGER = 'clusterrole-aggregation-controller';

export function aggregationController({ cluster }: Context): Controller {
  const aggregated = (): string[] =>
    cluster
      .list(CLUSTER_ROLES)
      .filter((role) => selectorsOf(role).length > 0)
      .map(({ metadata }) => metadata.name);
  return {
    name: 'clusterrole-aggregation',
    initial: aggregated,
    keys: ({ resource }) => (isResource(resource, CLUSTER_ROLES) ? aggregated() : []),
    sync: (name) => {
      const role = cluster.get(CLUSTER_ROLES, undefined, name);
      if (role === undefined || selectorsOf(role).length === 0) return;
      const rules = collectRules(role, cluster.list(CLUSTER_ROLES));
      if (same(records(role['rules']), rules)) return;
      const { apiVersion, kind } = role;
      const collected = rules.length > 0 ? { rules } : {};
      cluster.apply(CLUSTER_ROLES, { apiVersion, kind, metadata: { name }, ...collected }, MANAGER);
    },
  };
}

function selectorsOf(role: KubeObject): JsonObject[] {
  return records(record(role['aggregationRule'])['clusterRoleSelectors']);
}

/** The selected roles' rules, each once: selector by selector, the roles of each by name. */
function collectRules(role: KubeObject, roles: readonly KubeObject[]): JsonObject[] {
  const rules: JsonObject[] = [];
  for (const selector of selectorsOf(role)) {
    const selected = roles
      .filter(({ metadata }) => metadata.name !== role.metadata.name)
      .filter(({ metadata }) => matchesSelector(selector, metadata.labels))
      .toSorted((left, right) => (left.metadata.name < right.metadata.name ? -1 : 1));
    for (const rule of selected.flatMap((source) => records(source['rules']))) {
      if (!rules.some((known) => same(known, rule))) rules.push(rule);
    }
  }
  return rules;
}
