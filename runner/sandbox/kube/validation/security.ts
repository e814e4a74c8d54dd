/** Security contexts of pods and containers: ids in range, profiles that exist, and settings that contradict each other. */
import type { FieldProblem } from '../errors.ts';
import type { Json, JsonObject } from '../kube.ts';
import { readList, readObject, readPath, readText, readTexts } from '../objects/fields.ts';
import { isObject } from '../schema/json-value.ts';
import { checkLocalPath } from './paths.ts';
import { invalidValue, required, unsupported } from './problems.ts';

const largestId = 2_147_483_647;
const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const groupPolicies = ['Always', 'OnRootMismatch'];
const procMounts = ['Default', 'Unmasked'];

/** The fields of a container's context as Go prints them: all of them, in this order. */
const contextFields = [
  'capabilities',
  'privileged',
  'seLinuxOptions',
  'windowsOptions',
  'runAsUser',
  'runAsGroup',
  'runAsNonRoot',
  'readOnlyRootFilesystem',
  'allowPrivilegeEscalation',
  'procMount',
  'seccompProfile',
  'appArmorProfile',
];

/** The problems of a container's `securityContext`. */
export function checkSecurityContext(field: string, context: Json | undefined): FieldProblem[] {
  if (!isObject(context)) return [];
  const mount = readText(context, 'procMount');
  return [
    ...['runAsUser', 'runAsGroup'].flatMap((name) => checkId(`${field}.${name}`, readPath(context, name))),
    ...(mount === '' || procMounts.includes(mount)
      ? []
      : [unsupported(`${field}.procMount`, mount, procMounts)]),
    ...checkSeccomp(`${field}.seccompProfile`, readPath(context, 'seccompProfile')),
    ...checkEscalation(field, context),
    ...checkAppArmor(`${field}.appArmorProfile`, readPath(context, 'appArmorProfile')),
  ];
}

/** The problems of a pod's `securityContext`; `spec` says whose processes the pod sees. */
export function checkPodSecurity(field: string, spec: JsonObject): FieldProblem[] {
  const context = readObject(spec, 'securityContext');
  const policy = readText(context, 'fsGroupChangePolicy');
  const sharing = spec['shareProcessNamespace'] === true && spec['hostPID'] === true;
  const words = 'ShareProcessNamespace and HostPID cannot both be enabled';
  return [
    ...['fsGroup', 'runAsUser', 'runAsGroup'].flatMap((name) =>
      checkId(`${field}.${name}`, readPath(context, name)),
    ),
    ...readList(context, 'supplementalGroups').flatMap((group, index) =>
      checkId(`${field}.supplementalGroups[${index}]`, group),
    ),
    ...(sharing ? [invalidValue(`${field}.shareProcessNamespace`, true, words)] : []),
    ...(policy === '' || groupPolicies.includes(policy)
      ? []
      : [unsupported(`${field}.fsGroupChangePolicy`, policy, groupPolicies)]),
    ...checkSeccomp(`${field}.seccompProfile`, readPath(context, 'seccompProfile')),
    ...checkAppArmor(`${field}.appArmorProfile`, readPath(context, 'appArmorProfile')),
  ];
}

function checkId(field: string, id: Json | undefined): FieldProblem[] {
  if (typeof id !== 'number' || (id >= 0 && id <= largestId)) return [];
  return [invalidValue(field, id, `must be between 0 and ${largestId}, inclusive`)];
}

function checkSeccomp(field: string, profile: Json | undefined): FieldProblem[] {
  if (!isObject(profile)) return [];
  const type = readText(profile, 'type');
  const path = profile['localhostProfile'];
  const at = `${field}.localhostProfile`;
  const shown = { Type: type, LocalhostProfile: path ?? null };
  const isLocal = type === 'Localhost';
  return [
    ...checkProfileType(`${field}.type`, type, 'type is required when seccompProfile is set'),
    ...(isLocal && path === undefined ? [required(at, 'must be set when seccomp type is Localhost')] : []),
    ...(isLocal && typeof path === 'string' ? checkLocalPath(at, path) : []),
    ...(isLocal || path === undefined
      ? []
      : [invalidValue(at, shown, 'can only be set when seccomp type is Localhost')]),
  ];
}

function checkAppArmor(field: string, profile: Json | undefined): FieldProblem[] {
  if (!isObject(profile)) return [];
  const type = readText(profile, 'type');
  const path = profile['localhostProfile'];
  const at = `${field}.localhostProfile`;
  if (type === 'Localhost') {
    const isMissing = readText(profile, 'localhostProfile').trim() === '';
    return isMissing ? [required(at, 'must be set when AppArmor type is Localhost')] : [];
  }
  const problems = checkProfileType(`${field}.type`, type, 'type is required when appArmorProfile is set');
  if (problems.length > 0 || path === undefined) return problems;
  return [invalidValue(at, path, 'can only be set when AppArmor type is Localhost')];
}

function checkProfileType(field: string, type: string, words: string): FieldProblem[] {
  if (type === '') return [required(field, words)];
  return profileTypes.includes(type) ? [] : [unsupported(field, type, profileTypes)];
}

/** A process that may do everything cannot be kept from gaining rights. */
function checkEscalation(field: string, context: JsonObject): FieldProblem[] {
  if (context['allowPrivilegeEscalation'] !== false) return [];
  const refuse = (what: string): FieldProblem =>
    invalidValue(field, showContext(context), `cannot set \`allowPrivilegeEscalation\` to false and ${what}`);
  return [
    ...(context['privileged'] === true ? [refuse('`privileged` to true')] : []),
    ...readTexts(context, 'capabilities', 'add')
      .filter((name) => name === 'CAP_SYS_ADMIN')
      .map((name) => refuse(`\`capabilities.Add\` ${name}`)),
  ];
}

/** The context as Go's JSON of the internal type: every field there is, its name in upper case. */
function showContext(context: JsonObject): JsonObject {
  const shown = contextFields.map((name) => [upperFirst(name), showField(name, context[name])] as const);
  return Object.fromEntries(shown);
}

function showField(name: string, value: Json | undefined): Json {
  if (!isObject(value)) return value ?? null;
  const fields = Object.entries(value).map(([key, held]) => [upperFirst(key), held ?? null] as const);
  if (name !== 'capabilities') return Object.fromEntries(fields);
  return { Add: value['add'] ?? null, Drop: value['drop'] ?? null };
}

function upperFirst(name: string): string {
  return name === 'seLinuxOptions' ? 'SELinuxOptions' : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
