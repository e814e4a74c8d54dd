/** JSON merge patch (RFC 7386), which `kubectl patch --type merge` and many controllers send. */
import type { Json } from '../kube.ts';
import { cloneJson, fieldsOf, getField, isObject, setField } from '../schema/json-value.ts';

/** The target with the patch laid over it: null deletes, objects merge, everything else replaces. Changes neither argument. */
export function applyMergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch)) return cloneJson(patch);
  const result = isObject(target) ? cloneJson(target) : {};
  for (const [key, value] of fieldsOf(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      setField(result, key, applyMergePatch(getField(result, key) ?? null, value));
    }
  }
  return result;
}
