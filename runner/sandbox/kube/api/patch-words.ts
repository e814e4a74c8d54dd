/** The words in which the server blames a strategic merge patch for what it made of an object. */
import type { Json } from '../kube.ts';
import { renderGo } from '../patch/render-go.ts';
import { fieldsOf, isObject } from '../schema/json-value.ts';

const orderPrefix = '$setElementOrder/';

/** A patch as Go prints it after merging: the merge has eaten the lists that came with an order, and the orders. */
export function showSpentPatch(patch: Json): string {
  return renderGo(spend(patch));
}

function spend(patch: Json): Json {
  if (!isObject(patch)) return patch;
  const left = fieldsOf(patch).filter(
    ([key]) => !key.startsWith(orderPrefix) && patch[`${orderPrefix}${key}`] === undefined,
  );
  return Object.fromEntries(left.map(([key, value]) => [key, spend(value)]));
}

/**
 * The words of the unstructured converter (apimachinery, runtime/converter.go) for a mistake that the JSON decoder words
 * as `json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32`.
 */
export function conversionWords(decoderWords: string): string {
  const match = /^json: cannot unmarshal (\w+)(?: (\S+))? into .* of type (\S+)$/.exec(decoderWords);
  if (match === null) return decoderWords;
  const [, held = '', literal = '', wanted = ''] = match;
  const kind = goKinds[held] ?? held;
  if (wanted.startsWith('[]')) return `cannot restore slice from ${kind}`;
  if (wanted.startsWith('map[')) return `cannot restore map from ${kind}`;
  if (wanted.includes('.')) return `cannot restore struct from: ${kind}`;
  if (/[.e]/.test(literal)) return `cannot convert float64 to ${wanted}`;
  return wanted === 'string' && held === 'number'
    ? `cannot convert ${kind} to string`
    : `unrecognized type: ${wanted}`;
}

const goKinds: Readonly<Record<string, string>> = {
  number: 'int64',
  object: 'map',
  array: 'slice',
};
