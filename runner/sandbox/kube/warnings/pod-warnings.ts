/** What the server warns of in pods and templates (pkg/api/pod/warnings.go). */
import { parseQuantity } from '../defaults/quantity.ts';
import type { JsonObject } from '../kube.ts';
import { readMap, readNumber, readObject, readObjects, readText } from '../objects/fields.ts';
import { isObject } from '../schema/json-value.ts';
import { warnOfPorts } from './port-warnings.ts';
import type { Placed } from './warnings.ts';

const wholeUnit = 1_000_000_000n;

const deprecatedNodeLabels: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region':
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone':
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type':
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  'node-role.kubernetes.io/master': 'use "node-role.kubernetes.io/control-plane" instead',
};

const hardField = 'requiredDuringSchedulingIgnoredDuringExecution';
const softField = 'preferredDuringSchedulingIgnoredDuringExecution';
const nullSelector = 'a null labelSelector results in matching no pod';

/** The warnings of a pod, or of a template whose path is `prefix`. */
export function warnOfPodSpec(prefix: string, pod: JsonObject): string[] {
  const field = `${prefix}spec`;
  const spec = readObject(pod, 'spec');
  const containers = ['initContainers', 'containers'].flatMap((list) =>
    readObjects(spec, list).map((container, index): Placed => [`${field}.${list}[${index}]`, container]),
  );
  return [
    ...warnOfNodeLabels(field, spec),
    ...warnOfSpread(field, spec),
    ...readObjects(spec, 'volumes').flatMap((volume, index) =>
      isObject(volume['gitRepo'])
        ? [`${field}.volumes[${index}].gitRepo: deprecated in v1.11, and disabled by default in v1.33+`]
        : [],
    ),
    ...warnOfRepeats(`${field}.hostAliases`, 'ip', readObjects(spec, 'hostAliases')),
    ...warnOfPullSecrets(`${field}.imagePullSecrets`, readObjects(spec, 'imagePullSecrets')),
    ...containers.flatMap(([path, container]) => [
      ...warnOfAmounts(path, container),
      ...warnOfVariables(`${path}.env`, readObjects(container, 'env')),
    ]),
    ...warnOfPorts(containers),
    ...((readNumber(spec, 'terminationGracePeriodSeconds') ?? 0) < 0
      ? [
          `${field}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
        ]
      : []),
    ...['podAffinity', 'podAntiAffinity'].flatMap((name) =>
      warnOfAffinity(`${field}.affinity.${name}`, readObject(spec, 'affinity', name)),
    ),
  ];
}

function warnOfNodeLabels(field: string, spec: JsonObject): string[] {
  return Object.keys(readMap(spec, 'nodeSelector')).flatMap((key) => {
    const words = deprecatedNodeLabels[key];
    return words === undefined ? [] : [`${field}.nodeSelector[${key}]: ${words}`];
  });
}

function warnOfSpread(field: string, spec: JsonObject): string[] {
  return readObjects(spec, 'topologySpreadConstraints').flatMap((constraint, index) => {
    const at = `${field}.topologySpreadConstraints[${index}]`;
    const key = readText(constraint, 'topologyKey');
    const words = deprecatedNodeLabels[key];
    return [
      ...(words === undefined ? [] : [`${at}.topologyKey: ${key} is ${words}`]),
      ...(isObject(constraint['labelSelector']) ? [] : [`${at}.labelSelector: ${nullSelector}`]),
    ];
  });
}

function warnOfAffinity(field: string, affinity: JsonObject): string[] {
  const warn = (at: string, term: JsonObject): string[] =>
    isObject(term['labelSelector']) ? [] : [`${at}.labelSelector: ${nullSelector}`];
  return [
    ...readObjects(affinity, hardField).flatMap((term, index) =>
      warn(`${field}.${hardField}[${index}]`, term),
    ),
    ...readObjects(affinity, softField).flatMap((weighted, index) =>
      warn(`${field}.${softField}[${index}].podAffinityTerm`, readObject(weighted, 'podAffinityTerm')),
    ),
  ];
}

function warnOfRepeats(field: string, key: string, items: readonly JsonObject[]): string[] {
  const texts = items.map((item) => readText(item, key));
  return texts.flatMap((text, index) =>
    texts.indexOf(text) < index ? [`${field}[${index}].${key}: duplicate ${key} "${text}"`] : [],
  );
}

function warnOfPullSecrets(field: string, secrets: readonly JsonObject[]): string[] {
  return [
    ...warnOfRepeats(field, 'name', secrets),
    ...secrets.flatMap((secret, index) =>
      readText(secret, 'name') === '' ? [`${field}[${index}].name: invalid empty name ""`] : [],
    ),
  ];
}

function warnOfAmounts(path: string, container: JsonObject): string[] {
  return ['memory', 'ephemeral-storage'].flatMap((name) =>
    ['limits', 'requests'].flatMap((list) =>
      fractionalAmount(`${path}.resources.${list}[${name}]`, readText(container, 'resources', list, name)),
    ),
  );
}

/** A warning where an amount of bytes is no whole number; most often the `m` of `128m` was meant as mega. */
export function fractionalAmount(field: string, amount: string): string[] {
  if ((parseQuantity(amount) ?? 0n) % wholeUnit === 0n) return [];
  return [`${field}: fractional byte value "${amount}" is invalid, must be an integer`];
}

/** A second value that does not build on the first. */
function warnOfVariables(field: string, variables: readonly JsonObject[]): string[] {
  const seen = new Set<string>();
  return variables.flatMap((variable, index) => {
    const name = readText(variable, 'name');
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const value = readText(variable, 'value');
    const earlier = `$(${name})`;
    const builds = variable['valueFrom'] === undefined && value !== earlier && value.includes(earlier);
    const words = `hides previous definition of "${name}", which may be dropped when using apply`;
    return builds ? [] : [`${field}[${index}]: ${words}`];
  });
}
