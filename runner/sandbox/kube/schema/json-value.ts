/**
 * Small verbs on JSON values that every part of the emulator's format half shares. Clients choose the keys, so keys such
 * as `__proto__` and `constructor` must be data like any other: never read through a prototype, never written to one.
 */
import type { Json, JsonObject } from '../kube.ts';

/** Whether the value is a JSON object (neither null nor a list). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own field, or undefined. */
export function getField(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets the object's own field, whatever its name. */
export function setField(object: JsonObject, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

/** The object's fields that hold a value; a field set to `undefined` counts as absent. */
export function fieldsOf(object: JsonObject): [string, Json][] {
  return Object.entries(object).filter((entry): entry is [string, Json] => entry[1] !== undefined);
}

/** A deep copy that shares nothing with the value. Several times faster than structuredClone, and every write copies. */
export function cloneJson<T extends Json>(value: T): T {
  return copyValue(value) as T;
}

function copyValue(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyValue);
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) {
    const held = value[key];
    if (held !== undefined) setField(copy, key, copyValue(held));
  }
  return copy;
}

/** Deep equality of JSON values; the order of an object's fields does not matter. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameJson(item, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const fields = fieldsOf(left);
  return (
    fields.length === fieldsOf(right).length &&
    fields.every(([key, value]) => sameJson(value, getField(right, key)))
  );
}

/** A copy without the fields that hold null, at any depth. */
export function dropNulls(object: JsonObject): JsonObject {
  const clean = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(clean);
    return isObject(value) ? dropNulls(value) : value;
  };
  const result: JsonObject = {};
  for (const [key, value] of fieldsOf(object)) {
    if (value !== null) setField(result, key, clean(value));
  }
  return result;
}
