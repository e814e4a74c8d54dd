/** How Go prints what a strategic merge patch held, and how its converter words a wrong type: both end up in errors. */
import type { Json } from '../kube.ts';
import { fieldsOf, isObject } from '../schema/json-value.ts';

/** A value as fmt prints `map[string]interface{}`: keys sorted, texts bare. */
export function printGoValue(value: Json): string {
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map((item) => printGoValue(item)).join(' ')}]`;
  if (!isObject(value)) return String(value);
  const fields = fieldsOf(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return `map[${fields.map(([key, item]) => `${key}:${printGoValue(item)}`).join(' ')}]`;
}

/**
 * The words of the unstructured converter (apimachinery, runtime/converter.go) for a mistake that the JSON decoder words
 * as `json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32`.
 */
export function conversionWords(decoderWords: string): string {
  const match = /^json: cannot unmarshal (\w+)(?: \S+)? into .* of type (\S+)$/.exec(decoderWords);
  if (match === null) return decoderWords;
  const [, held = '', wanted = ''] = match;
  const kind = goKinds[held] ?? held;
  if (wanted.startsWith('[]')) return `cannot restore slice from ${kind}`;
  if (wanted.startsWith('map[')) return `cannot restore map from ${kind}`;
  if (wanted.includes('.')) return `cannot restore struct from: ${kind}`;
  return wanted === 'string' && held === 'number'
    ? `cannot convert ${kind} to string`
    : `unrecognized type: ${wanted}`;
}

const goKinds: Readonly<Record<string, string>> = {
  number: 'int64',
  object: 'map',
  array: 'slice',
};
