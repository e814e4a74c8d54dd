/** How Go's converter words a wrong type in a strategic merge patch: not as its JSON decoder does. */

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
