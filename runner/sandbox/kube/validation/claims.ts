/** PersistentVolumeClaims, also as templates (ValidatePersistentVolumeClaimSpec). */
import { parseQuantity } from '../defaults/quantity.ts';
import type { FieldProblem } from '../errors.ts';
import type { JsonObject } from '../kube.ts';
import { readObject, readText, readTexts } from '../objects/fields.ts';
import { sameJson } from '../schema/json-value.ts';
import { forbiddenField, invalidValue, required, unsupported } from './problems.ts';

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

/** The problems of a claim. */
export function checkClaim(object: JsonObject): FieldProblem[] {
  return checkClaimSpec('spec', readObject(object, 'spec'));
}

/** The problems of a claim's spec at `field`. */
export function checkClaimSpec(field: string, spec: JsonObject): FieldProblem[] {
  const modes = readTexts(spec, 'accessModes');
  const size = readText(spec, 'resources', 'requests', 'storage');
  const at = `${field}.resources[storage]`;
  return [
    ...(modes.length === 0 ? [required(`${field}.accessModes`, 'at least 1 access mode is required')] : []),
    ...modes
      .filter((mode) => !accessModes.includes(mode))
      .map((mode) => unsupported(`${field}.accessModes`, mode, accessModes)),
    ...(size === '' ? [required(at)] : []),
    ...(size !== '' && (parseQuantity(size) ?? 1n) <= 0n
      ? [invalidValue(at, size, 'must be greater than zero')]
      : []),
  ];
}

const words =
  'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';

/** A claim may grow once it is bound, and be bound once. */
export function checkClaimUpdate(before: JsonObject, after: JsonObject): FieldProblem[] {
  const isBound = readText(before, 'status', 'phase') === 'Bound';
  const isBinding = readText(before, 'spec', 'volumeName') === '';
  const fixed = (object: JsonObject): JsonObject => {
    const spec = structuredClone(readObject(object, 'spec'));
    if (isBinding) delete spec['volumeName'];
    if (isBound) delete readObject(spec, 'resources')['requests'];
    return spec;
  };
  return sameJson(fixed(before), fixed(after)) ? [] : [forbiddenField('spec', words)];
}
