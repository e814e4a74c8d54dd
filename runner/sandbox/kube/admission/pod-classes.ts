/** The Priority and RuntimeClass admission plugins: a cluster has two priority classes of its own, and no runtime class. */
import { forbidden } from '../errors.ts';
import type { KubeObject } from '../kube.ts';
import { asJson, childObject, readNumber, readText } from '../objects/fields.ts';
import { pods } from '../objects/resources.ts';

const priorities: Readonly<Record<string, number>> = {
  '': 0,
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** Gives a pod the priority of its class. Throws ApiError 403 where a class is not there. */
export function admitClasses(object: KubeObject): void {
  const spec = childObject(asJson(object), 'spec');
  const refuse = (why: string): never => {
    throw forbidden(pods, object.metadata.name, why);
  };
  const name = readText(spec, 'priorityClassName');
  const priority = priorities[name] ?? refuse(`no PriorityClass with name ${name} was found`);
  const given = readNumber(spec, 'priority') ?? priority;
  if (given !== priority) {
    const computed = `priority admission controller computed ${priority} from the given PriorityClass name`;
    refuse(`the integer value of priority (${given}) must not be provided in pod spec; ${computed}`);
  }
  spec['priority'] = priority;
  const runtime = readText(spec, 'runtimeClassName');
  if (runtime !== '') refuse(`pod rejected: RuntimeClass "${runtime}" not found`);
}
