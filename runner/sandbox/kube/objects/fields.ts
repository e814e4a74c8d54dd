/** Reading and filling loosely typed objects: absent and wrongly typed fields read as nothing, never throw. */
import type { Json, JsonObject, KubeObject } from '../kube.ts';
import { cloneJson, getField, isObject } from '../schema/json-value.ts';

/** An object as plain JSON, for code that walks fields by name. */
export function asJson(object: KubeObject): JsonObject {
  return object as unknown as JsonObject;
}

/** JSON that is known to be an object of the API (it was checked, or made here). */
export function asObject(json: JsonObject): KubeObject {
  return json as unknown as KubeObject;
}

/** A deep copy. */
export function copyObject(object: KubeObject): KubeObject {
  return asObject(cloneJson(asJson(object)));
}

/** The object itself, closed to changes: what is stored is read far more often than written, and nobody copies it to read. */
export function freezeObject(object: KubeObject): KubeObject {
  freeze(asJson(object));
  return object;
}

function freeze(value: Json): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) if (part !== undefined) freeze(part);
}

/** The value at a path of field names and list indexes. */
export function readPath(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current)) current = typeof step === 'number' ? current[step] : undefined;
    else current = isObject(current) ? getField(current, String(step)) : undefined;
  }
  return current;
}

/** The object at a path; an empty one where there is none. */
export function readObject(value: Json | undefined, ...path: readonly (string | number)[]): JsonObject {
  const found = readPath(value, ...path);
  return isObject(found) ? found : {};
}

/** The list at a path; an empty one where there is none. */
export function readList(value: Json | undefined, ...path: readonly (string | number)[]): Json[] {
  const found = readPath(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The objects of the list at a path. */
export function readObjects(value: Json | undefined, ...path: readonly (string | number)[]): JsonObject[] {
  return readList(value, ...path).filter((item) => isObject(item));
}

/** The text at a path; '' where there is none. */
export function readText(value: Json | undefined, ...path: readonly (string | number)[]): string {
  const found = readPath(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** The texts of the list at a path. */
export function readTexts(value: Json | undefined, ...path: readonly (string | number)[]): string[] {
  return readList(value, ...path).filter((item) => typeof item === 'string');
}

/** The number at a path. */
export function readNumber(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): number | undefined {
  const found = readPath(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** The map of texts at a path. */
export function readMap(
  value: Json | undefined,
  ...path: readonly (string | number)[]
): Record<string, string> {
  const entries = Object.entries(readObject(value, ...path)).filter(([, text]) => typeof text === 'string');
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Sets a field that is absent or empty text, as Go's defaulting does. */
export function setDefault(object: JsonObject, key: string, value: Json): void {
  const held = object[key];
  if (held === undefined || held === null || held === '') object[key] = value;
}

/** The object at `key`, made if there is none. */
export function childObject(object: JsonObject, key: string): JsonObject {
  const held = object[key];
  if (isObject(held)) return held;
  const made: JsonObject = {};
  object[key] = made;
  return made;
}

/** A time as the API prints it, in whole seconds. */
export function timestamp(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19)}Z`;
}
