/** Priority classes (pkg/apis/scheduling/validation). Names that begin with `system-` are the cluster's own. */
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readNumber, readPath, readText } from '../objects/fields.ts';
import { forbiddenField, invalidValue, unsupported } from './problems.ts';

const highest = 1_000_000_000;
const policies = ['PreemptLowerPriority', 'Never'];

const system: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** The problems of a PriorityClass. */
export function checkPriorityClass(object: JsonObject): FieldProblem[] {
  const name = readText(object, 'metadata', 'name');
  const policy = readText(object, 'preemptionPolicy');
  return [
    ...(name.startsWith('system-') ? checkSystem(name, object) : checkValue(object)),
    ...(policies.includes(policy) ? [] : [unsupported('preemptionPolicy', policy, policies)]),
  ];
}

function checkValue(object: JsonObject): FieldProblem[] {
  if ((readNumber(object, 'value') ?? 0) <= highest) return [];
  return [forbiddenField('value', `maximum allowed value of a user defined priority is ${highest}`)];
}

function checkSystem(name: string, object: JsonObject): FieldProblem[] {
  const why = whyForeign(name, object);
  const words = "priority class names with 'system-' prefix are reserved for system use only";
  return why === undefined ? [] : [forbiddenField('metadata.name', `${words}. error: ${why}`)];
}

function whyForeign(name: string, object: JsonObject): string | undefined {
  const value = system[name];
  if (value === undefined) return `${name} is not a known system priority class`;
  if (readNumber(object, 'value') !== value) return `value of ${name} PriorityClass must be ${value}`;
  return readPath(object, 'globalDefault') === true
    ? `globalDefault of ${name} PriorityClass must be false`
    : undefined;
}

/** What a class is worth is chosen once. */
export function checkPriorityClassUpdate(before: JsonObject, after: JsonObject): FieldProblem[] {
  const policy = readText(after, 'preemptionPolicy');
  return [
    ...(readNumber(before, 'value') === readNumber(after, 'value')
      ? []
      : [forbiddenField('value', 'may not be changed in an update.')]),
    ...(readText(before, 'preemptionPolicy') === policy
      ? []
      : [invalidValue('preemptionPolicy', policy, 'field is immutable')]),
  ];
}
