/** Pod specs, of pods and of templates (pkg/apis/core/validation). */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readObject, readObjects, readText } from '../objects/fields.ts';
import { isObject, sameJson } from '../schema/json-value.ts';
import { checkContainers } from './containers.ts';
import { checkFieldRef, checkResourceRef, volumeFields } from './downward.ts';
import { checkFormat, formats } from './names.ts';
import { duplicate, forbiddenField, invalidValue, required, unsupported } from './problems.ts';

const restartPolicies = ['Always', 'OnFailure', 'Never'];
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];

/** The problems of a pod spec at `field`. */
export function checkPodSpec(field: string, spec: JsonObject): FieldProblem[] {
  const volumes = checkVolumes(`${field}.volumes`, readObjects(spec, 'volumes'));
  const restartPolicy = readText(spec, 'restartPolicy');
  const dnsPolicy = readText(spec, 'dnsPolicy');
  const account = readText(spec, 'serviceAccountName');
  return [
    ...volumes.problems,
    ...checkContainers(field, spec, volumes.names),
    ...(restartPolicies.includes(restartPolicy)
      ? []
      : [unsupported(`${field}.restartPolicy`, restartPolicy, restartPolicies)]),
    ...(dnsPolicies.includes(dnsPolicy) ? [] : [unsupported(`${field}.dnsPolicy`, dnsPolicy, dnsPolicies)]),
    ...(account === '' ? [] : checkFormat(`${field}.serviceAccountName`, account, formats.subdomain)),
  ];
}

function checkVolumes(
  field: string,
  volumes: readonly JsonObject[],
): { readonly problems: FieldProblem[]; readonly names: ReadonlySet<string> } {
  const names = new Set<string>();
  const problems = volumes.flatMap((volume, index) => {
    const at = `${field}[${index}]`;
    const name = readText(volume, 'name');
    const found = checkSource(at, volume);
    if (name === '') found.push(required(`${at}.name`));
    else found.push(...checkFormat(`${at}.name`, name, formats.label));
    if (names.has(name)) found.push(duplicate(`${at}.name`, name));
    else if (found.length === 0) names.add(name);
    return found;
  });
  return { problems, names };
}

/** Where each kind of volume says what it holds. */
const sourceNames: Readonly<Record<string, string>> = {
  configMap: 'name',
  secret: 'secretName',
  persistentVolumeClaim: 'claimName',
  hostPath: 'path',
};

function checkSource(field: string, volume: JsonObject): FieldProblem[] {
  const sources = Object.keys(volume).filter((key) => key !== 'name' && volume[key] !== undefined);
  const [chosen, ...more] = sources.toSorted((left, right) => rank(left) - rank(right));
  if (chosen === undefined) return [required(field, 'must specify a volume type')];
  const nameField = sourceNames[chosen];
  const isNamed = nameField === undefined || readText(readObject(volume, chosen), nameField) !== '';
  return [
    ...(isNamed ? [] : [required(`${field}.${chosen}.${nameField}`)]),
    ...(chosen === 'downwardAPI' ? checkDownwardFiles(`${field}.${chosen}`, readObject(volume, chosen)) : []),
    ...more.map((source) => forbiddenField(`${field}.${source}`, 'may not specify more than 1 volume type')),
  ];
}

/** The server names no index here: all files of the volume are blamed alike. */
function checkDownwardFiles(field: string, source: JsonObject): FieldProblem[] {
  return readObjects(source, 'items').flatMap(({ fieldRef, resourceFieldRef }) => [
    ...(isObject(fieldRef) ? checkFieldRef(`${field}.fieldRef`, fieldRef, volumeFields) : []),
    ...(isObject(resourceFieldRef) ? checkResourceRef(`${field}.resourceFieldRef`, resourceFieldRef) : []),
  ]);
}

/** The order in which the server looks for a volume's source. */
function rank(source: string): number {
  const order = [
    'emptyDir',
    'hostPath',
    'secret',
    'persistentVolumeClaim',
    'configMap',
    'downwardAPI',
    'projected',
  ];
  return order.indexOf(source);
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
