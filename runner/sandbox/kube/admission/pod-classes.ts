/** The Priority and RuntimeClass admission plugins: a pod gets the priority of its class; there is no runtime class. */
import { forbidden } from '../errors.ts';
import type { KubeObject, ResourceName } from '../kube.ts';
import type { Core } from '../objects/core.ts';
import { asJson, childObject, readNumber, readPath, readText } from '../objects/fields.ts';
import { pods } from '../objects/resources.ts';

const classes: ResourceName = { group: 'scheduling.k8s.io', version: 'v1', resource: 'priorityclasses' };

/** Gives a pod the priority of its class. Throws ApiError 403 where a class is not there. */
export function admitClasses(core: Core, object: KubeObject): void {
  const spec = childObject(asJson(object), 'spec');
  const refuse = (why: string): never => {
    throw forbidden(pods, object.metadata.name, why);
  };
  const name = readText(spec, 'priorityClassName');
  const found = name === '' ? defaultClass(core) : core.objects.get(classes, undefined, name);
  if (name !== '' && found === undefined) refuse(`no PriorityClass with name ${name} was found`);
  if (found !== undefined) spec['priorityClassName'] = found.metadata.name;
  const computed = 'priority admission controller computed';
  const ofClass = found === undefined ? {} : asJson(found);
  const priority = readNumber(ofClass, 'value') ?? 0;
  const given = readNumber(spec, 'priority') ?? priority;
  if (given !== priority) {
    const words = `${computed} ${priority} from the given PriorityClass name`;
    refuse(`the integer value of priority (${given}) must not be provided in pod spec; ${words}`);
  }
  const policy = readText(ofClass, 'preemptionPolicy') || 'PreemptLowerPriority';
  const wished = readText(spec, 'preemptionPolicy') || policy;
  if (wished !== policy) {
    const words = `${computed} ${policy} from the given PriorityClass name`;
    refuse(`the string value of PreemptionPolicy (${wished}) must not be provided in pod spec; ${words}`);
  }
  Object.assign(spec, { priority, preemptionPolicy: policy });
  const runtime = readText(spec, 'runtimeClassName');
  if (runtime !== '') refuse(`pod rejected: RuntimeClass "${runtime}" not found`);
}

/** An update that does not name the priority keeps it. */
export function keepPriority(before: KubeObject, after: KubeObject): void {
  const { priority, preemptionPolicy } = before.spec ?? {};
  after.spec = { priority, preemptionPolicy, ...after.spec };
}

function defaultClass(core: Core): KubeObject | undefined {
  const value = (of: KubeObject): number => readNumber(asJson(of), 'value') ?? 0;
  return core.objects
    .list(classes)
    .filter((candidate) => readPath(asJson(candidate), 'globalDefault') === true)
    .toSorted((one, other) => value(one) - value(other))[0];
}

/** One class at most is the default. Throws ApiError 403. */
export function checkDefaultClass(core: Core, object: KubeObject): void {
  if (object.kind !== 'PriorityClass' || readPath(asJson(object), 'globalDefault') !== true) return;
  const held = defaultClass(core);
  if (held === undefined || held.metadata.name === object.metadata.name) return;
  const why = `PriorityClass ${held.metadata.name} is already marked as default. Only one default can exist`;
  throw forbidden(classes, object.metadata.name, why);
}
