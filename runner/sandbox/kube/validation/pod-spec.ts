/** Pod specs, of pods and of templates (pkg/apis/core/validation). */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readMap, readNumber, readObject, readObjects, readText, readTexts } from '../objects/fields.ts';
import { sameJson } from '../schema/json-value.ts';
import { checkAddress } from './addresses.ts';
import { checkContainers } from './containers.ts';
import { checkNameServers } from './name-servers.ts';
import { checkFormat, checkLabels, checkQualifiedName, formats, type NameFormat } from './names.ts';
import { forbiddenField, invalidValue, unsupported } from './problems.ts';
import { checkAffinity, checkSpread, checkTolerations } from './scheduling.ts';
import { checkPodSecurity } from './security.ts';
import { checkVolumes } from './volumes.ts';

const restartPolicies = ['Always', 'OnFailure', 'Never'];
const largestDeadline = 2_147_483_647;
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

/** The problems of a pod spec at `field`, in the server's order. */
export function checkPodSpec(field: string, spec: JsonObject): FieldProblem[] {
  const volumes = checkVolumes(`${field}.volumes`, readObjects(spec, 'volumes'));
  const restartPolicy = readText(spec, 'restartPolicy');
  const dnsPolicy = readText(spec, 'dnsPolicy');
  return [
    ...volumes.problems,
    ...checkContainers(field, spec, volumes.names),
    ...checkHostPorts(field, spec),
    ...(restartPolicies.includes(restartPolicy)
      ? []
      : [unsupported(`${field}.restartPolicy`, restartPolicy, restartPolicies)]),
    ...(dnsPolicies.includes(dnsPolicy) ? [] : [unsupported(`${field}.dnsPolicy`, dnsPolicy, dnsPolicies)]),
    ...checkLabels(`${field}.nodeSelector`, readMap(spec, 'nodeSelector')),
    ...checkPodSecurity(`${field}.securityContext`, spec),
    ...checkAffinity(`${field}.affinity`, readObject(spec, 'affinity')),
    ...checkNameServers(`${field}.dnsConfig`, spec),
    ...readObjects(spec, 'readinessGates').flatMap((gate, index) =>
      checkQualifiedName(`${field}.readinessGates[${index}].conditionType`, readText(gate, 'conditionType')),
    ),
    ...readObjects(spec, 'schedulingGates').flatMap((gate, index) =>
      checkQualifiedName(`${field}.schedulingGates[${index}]`, readText(gate, 'name')),
    ),
    ...checkSpread(`${field}.topologySpreadConstraints`, readObjects(spec, 'topologySpreadConstraints')),
    ...checkNames(field, spec, nameFields),
    ...checkDeadline(field, spec),
    ...checkNames(field, spec, hostNameFields),
    ...checkTolerations(`${field}.tolerations`, readObjects(spec, 'tolerations')),
    ...checkHostAliases(field, spec),
    ...checkNames(field, spec, { priorityClassName: formats.subdomain }),
  ];
}

/** One format for each name that a pod may carry. */
const nameFields: Readonly<Record<string, NameFormat>> = {
  serviceAccountName: formats.subdomain,
  nodeName: formats.subdomain,
};

const hostNameFields: Readonly<Record<string, NameFormat>> = {
  hostname: formats.label,
  subdomain: formats.label,
};

function checkNames(
  field: string,
  spec: JsonObject,
  names: Readonly<Record<string, NameFormat>>,
): FieldProblem[] {
  return Object.entries(names).flatMap(([name, format]) => {
    const text = readText(spec, name);
    return text === '' ? [] : checkFormat(`${field}.${name}`, text, format);
  });
}

/** Pods on the host's network have their ports there too; a template may leave that to the pod's defaults. */
function checkHostPorts(field: string, spec: JsonObject): FieldProblem[] {
  if (spec['hostNetwork'] !== true) return [];
  const words = 'must match `containerPort` when `hostNetwork` is true';
  return readObjects(spec, 'containers').flatMap((container, index) =>
    readObjects(container, 'ports').flatMap((port, place) => {
      const hostPort = readNumber(port, 'hostPort') ?? 0;
      const isFine = hostPort === 0 || hostPort === readNumber(port, 'containerPort');
      const at = `${field}.containers[${index}].ports[${place}].hostPort`;
      return isFine ? [] : [invalidValue(at, hostPort, words)];
    }),
  );
}

function checkDeadline(field: string, spec: JsonObject): FieldProblem[] {
  const deadline = readNumber(spec, 'activeDeadlineSeconds');
  if (deadline === undefined || (deadline >= 1 && deadline <= largestDeadline)) return [];
  const words = `must be between 1 and ${largestDeadline}, inclusive`;
  return [invalidValue(`${field}.activeDeadlineSeconds`, deadline, words)];
}

function checkHostAliases(field: string, spec: JsonObject): FieldProblem[] {
  return readObjects(spec, 'hostAliases').flatMap((alias, index) => [
    ...checkAddress(`${field}.hostAliases[${index}].ip`, readText(alias, 'ip')),
    ...readTexts(alias, 'hostnames').flatMap((name, place) =>
      checkFormat(`${field}.hostAliases[${index}].hostnames[${place}]`, name, formats.subdomain),
    ),
  ]);
}

/** The problems of a pod. */
export function checkPod(pod: JsonObject): FieldProblem[] {
  const spec = readObject(pod, 'spec');
  return [...checkPodSpec('spec', spec), ...checkPadding(spec)];
}

/** Only pods are refused an image with blanks around it, templates are not. */
function checkPadding(spec: JsonObject): FieldProblem[] {
  return ['initContainers', 'containers'].flatMap((field) =>
    readObjects(spec, field).flatMap((container, index) => {
      const image = readText(container, 'image');
      const words = 'must not have leading or trailing whitespace';
      return image === image.trim() ? [] : [invalidValue(`spec.${field}[${index}].image`, image, words)];
    }),
  );
}

const podUpdateWords =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** What may not change in a pod: everything but images, tolerations and the deadline. */
export function checkPodUpdate(before: JsonObject, after: JsonObject): FieldProblem[] {
  const held = readObject(before, 'spec');
  const wanted = readObject(after, 'spec');
  const isBinding = readText(held, 'nodeName') === '';
  if (sameJson(fixedPart(held, isBinding), fixedPart(wanted, isBinding))) return [];
  return [forbiddenField('spec', podUpdateWords)];
}

/** A pod without a node may be bound to one: the scheduler writes through the same verb. */
function fixedPart(spec: JsonObject, isBinding: boolean): JsonObject {
  const fixed = structuredClone(spec);
  if (isBinding) delete fixed['nodeName'];
  delete fixed['activeDeadlineSeconds'];
  delete fixed['tolerations'];
  for (const field of ['containers', 'initContainers']) {
    for (const container of readObjects(fixed, field)) delete container['image'];
  }
  return fixed;
}
