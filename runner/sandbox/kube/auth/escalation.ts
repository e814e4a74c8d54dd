/** Nobody grants what they do not hold: roles and bindings are checked against the rules of who writes them. */
import { forbidden, notFound } from '../errors.ts';
import type { Json, JsonObject, KubeObject, ResourceName } from '../kube.ts';
import type { Core } from '../objects/core.ts';
import { asJson, readObject, readObjects, readText, readTexts } from '../objects/fields.ts';
import { isObject, sameJson } from '../schema/json-value.ts';
import { authorize, findRole, permits, rulesOf } from './authorize.ts';
import type { Action, User } from './user.ts';

const group = 'rbac.authorization.k8s.io';

/** Checks a role or binding that is about to be written. Throws ApiError 403, and 404 for a binding to no role. */
export function checkEscalation(core: Core, user: User, resource: ResourceName, object: KubeObject): void {
  if (resource.group !== group || user.groups.includes('system:masters')) return;
  const { namespace, name } = object.metadata;
  const held = core.objects.get(resource, namespace, name);
  const isBinding = resource.resource.endsWith('bindings');
  const field = isBinding ? 'roleRef' : 'rules';
  const isAggregated = [held, object].some((role) => isObject(role?.['aggregationRule']));
  if (
    held !== undefined &&
    !isBinding &&
    !isAggregated &&
    sameJson(asJson(held)[field], asJson(object)[field])
  )
    return;
  const rights = isBinding ? bindingRights(core, resource, object) : roleRights(resource, object);
  const action: Action = { kind: 'resource', group, namespace: namespace ?? '', ...rights.instead };
  if (authorize(core, user, action).allowed) return;
  const own = rulesOf(core, user, namespace ?? '').map(({ rule }) => rule);
  const missing = rights.rules.filter((rule) => !isCovered(rule, own));
  if (missing.length === 0 && isAggregated && !everything.every((rule) => isCovered(rule, own))) {
    throw forbidden(resource, name, 'must have cluster-admin privileges to use the aggregationRule');
  }
  if (missing.length === 0) return;
  const groups = JSON.stringify(user.groups).replaceAll('","', '" "');
  const why = `user ${JSON.stringify(user.name)} (groups=${groups}) is attempting to grant RBAC permissions not currently held:`;
  throw forbidden(resource, name, [why, ...missing.map(printRule)].join('\n'));
}

/** What one must hold to aggregate: nobody can tell which rules will come. */
const everything: readonly JsonObject[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  { nonResourceURLs: ['*'], verbs: ['*'] },
];

/** What is granted, and the right that allows granting it without holding it. */
interface Rights {
  readonly rules: readonly JsonObject[];
  readonly instead: { readonly verb: string; readonly resource: string; readonly name: string };
}

function roleRights(resource: ResourceName, object: KubeObject): Rights {
  const instead = { verb: 'escalate', resource: resource.resource, name: object.metadata.name };
  return { rules: readObjects(asJson(object), 'rules'), instead };
}

function bindingRights(core: Core, resource: ResourceName, object: KubeObject): Rights {
  const reference = readObject(asJson(object), 'roleRef');
  const name = readText(reference, 'name');
  const role = findRole(core, reference, object.metadata.namespace);
  if (role === undefined) throw notFound(resource, name);
  const roles = readText(reference, 'kind') === 'ClusterRole' ? 'clusterroles' : 'roles';
  return { rules: readObjects(asJson(role), 'rules'), instead: { verb: 'bind', resource: roles, name } };
}

/** Every single right of the rule is in one of the rules that are held. */
function isCovered(rule: JsonObject, own: readonly JsonObject[]): boolean {
  return actionsOf(rule).every((action) => own.some((held) => permits(held, action)));
}

function actionsOf(rule: JsonObject): Action[] {
  const names = readTexts(rule, 'resourceNames');
  return readTexts(rule, 'verbs').flatMap((verb): Action[] => [
    ...readTexts(rule, 'nonResourceURLs').map((path): Action => ({ kind: 'path', verb, path })),
    ...readTexts(rule, 'apiGroups').flatMap((apiGroup) =>
      readTexts(rule, 'resources').flatMap((resource) =>
        (names.length === 0 ? [''] : names).map((name): Action => ({
          kind: 'resource',
          verb,
          group: apiGroup,
          resource,
          namespace: '',
          name,
        })),
      ),
    ),
  ]);
}

function printRule(rule: JsonObject): string {
  const parts = [
    ['APIGroups', 'apiGroups'],
    ['Resources', 'resources'],
    ['NonResourceURLs', 'nonResourceURLs'],
    ['ResourceNames', 'resourceNames'],
    ['Verbs', 'verbs'],
  ] as const;
  const shown = parts
    .map(([label, field]): [string, Json[]] => [label, readTexts(rule, field)])
    .filter(([, values]) => values.length > 0)
    .map(([label, values]) => `${label}:${JSON.stringify(values).replaceAll('","', '" "')}`);
  return `{${shown.join(', ')}}`;
}
