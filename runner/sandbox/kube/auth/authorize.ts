/** RBAC: roles and bindings are stored objects, and every request is judged by them. */
import type { JsonObject, KubeObject, ResourceName } from '../kube.ts';
import type { Core } from '../objects/core.ts';
import { asJson, readObject, readObjects, readText, readTexts } from '../objects/fields.ts';
import type { Action, User } from './user.ts';

const group = 'rbac.authorization.k8s.io';
const name = (resource: string): ResourceName => ({ group, version: 'v1', resource });
const clusterRoles = name('clusterroles');
const clusterRoleBindings = name('clusterrolebindings');
const roles = name('roles');
const roleBindings = name('rolebindings');

/** The verdict, with the server's words for why it was given. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: string;
}

/** A rule that a user has, and whether it holds everywhere or in one namespace. */
export interface GrantedRule {
  readonly rule: JsonObject;
  readonly reason: string;
}

/** Whether the user may. */
export function authorize(core: Core, user: User, action: Action): Decision {
  if (user.groups.includes('system:masters')) return { allowed: true, reason: '' };
  const namespace = action.kind === 'resource' ? action.namespace : '';
  const granted = rulesOf(core, user, namespace).find(({ rule }) => permits(rule, action));
  return granted === undefined ? { allowed: false, reason: '' } : { allowed: true, reason: granted.reason };
}

/** Every rule that applies to the user in a namespace ('' = cluster-wide ones only). */
export function rulesOf(core: Core, user: User, namespace: string): GrantedRule[] {
  const clusterWide = core.objects
    .list(clusterRoleBindings)
    .flatMap((binding) => granted(core, user, binding));
  if (namespace === '') return clusterWide;
  const local = core.objects.list(roleBindings, namespace).flatMap((binding) => granted(core, user, binding));
  return [...clusterWide, ...local];
}

function granted(core: Core, user: User, binding: KubeObject): GrantedRule[] {
  const subject = readObjects(asJson(binding), 'subjects').find((candidate) =>
    isSubject(candidate, user, binding.metadata.namespace),
  );
  if (subject === undefined) return [];
  const reference = readObject(asJson(binding), 'roleRef');
  const kind = readText(reference, 'kind');
  const roleName = readText(reference, 'name');
  const { namespace } = binding.metadata;
  const role = findRole(core, reference, namespace);
  if (role === undefined) return [];
  const place = namespace === undefined ? binding.metadata.name : `${binding.metadata.name}/${namespace}`;
  const reason = `RBAC: allowed by ${binding.kind} ${JSON.stringify(place)} of ${kind} ${JSON.stringify(roleName)} to ${describeSubject(subject)}`;
  return readObjects(asJson(role), 'rules').map((rule) => ({ rule, reason }));
}

/** The role that a binding in this namespace refers to. */
export function findRole(
  core: Core,
  reference: JsonObject,
  namespace: string | undefined,
): KubeObject | undefined {
  const roleName = readText(reference, 'name');
  return readText(reference, 'kind') === 'ClusterRole'
    ? core.objects.get(clusterRoles, undefined, roleName)
    : core.objects.get(roles, namespace, roleName);
}

function isSubject(subject: JsonObject, user: User, namespace: string | undefined): boolean {
  const subjectName = readText(subject, 'name');
  switch (readText(subject, 'kind')) {
    case 'User':
      return subjectName === user.name;
    case 'Group':
      return user.groups.includes(subjectName);
    case 'ServiceAccount': {
      const of = readText(subject, 'namespace') || (namespace ?? '');
      return user.name === `system:serviceaccount:${of}:${subjectName}`;
    }
    default:
      return false;
  }
}

function describeSubject(subject: JsonObject): string {
  const kind = readText(subject, 'kind');
  const subjectName = readText(subject, 'name');
  return kind === 'ServiceAccount'
    ? `${kind} ${JSON.stringify(`${subjectName}/${readText(subject, 'namespace')}`)}`
    : `${kind} ${JSON.stringify(subjectName)}`;
}

/** Whether one rule allows the action. */
export function permits(rule: JsonObject, action: Action): boolean {
  if (!hasOrAll(readTexts(rule, 'verbs'), action.verb)) return false;
  if (action.kind === 'path')
    return readTexts(rule, 'nonResourceURLs').some((url) => coversPath(url, action.path));
  const names = readTexts(rule, 'resourceNames');
  return (
    hasOrAll(readTexts(rule, 'apiGroups'), action.group) &&
    coversResource(readTexts(rule, 'resources'), action.resource) &&
    (names.length === 0 || names.includes(action.name))
  );
}

function hasOrAll(values: readonly string[], value: string): boolean {
  return values.includes('*') || values.includes(value);
}

function coversResource(resources: readonly string[], resource: string): boolean {
  if (hasOrAll(resources, resource)) return true;
  const cut = resource.indexOf('/');
  return cut >= 0 && resources.includes(`*${resource.slice(cut)}`);
}

function coversPath(url: string, path: string): boolean {
  return url === path || (url.endsWith('*') && path.startsWith(url.slice(0, -1)));
}

/** The words of a 403, after `is forbidden: `. */
export function refusal(user: User, action: Action): string {
  const who = `User ${JSON.stringify(user.name)}`;
  if (action.kind === 'path') return `${who} cannot ${action.verb} path ${JSON.stringify(action.path)}`;
  const what = `resource ${JSON.stringify(action.resource)} in API group ${JSON.stringify(action.group)}`;
  const where =
    action.namespace === '' ? 'at the cluster scope' : `in the namespace ${JSON.stringify(action.namespace)}`;
  return `${who} cannot ${action.verb} ${what} ${where}`;
}
