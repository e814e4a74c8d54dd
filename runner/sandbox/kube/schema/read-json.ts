/** Reads inside an object of any kind, where every step may be absent. Absent reads as Go's zero value. */
import type { Json, JsonObject, KubeObject } from '../kube.ts';
import { getField, isObject } from './json-value.ts';

/** An object or a part of one. */
export type Readable = KubeObject | JsonObject;

/** The value at the path, or undefined. */
export function valueAt(object: Readable, ...path: readonly string[]): Json | undefined {
  let value: Json | undefined = object as JsonObject;
  for (const step of path) value = isObject(value) ? getField(value, step) : undefined;
  return value;
}

/** The text at the path, or ''. */
export function textAt(object: Readable, ...path: readonly string[]): string {
  const value = valueAt(object, ...path);
  return typeof value === 'string' ? value : '';
}

/** The number at the path, or 0. */
export function numberAt(object: Readable, ...path: readonly string[]): number {
  const value = valueAt(object, ...path);
  return typeof value === 'number' ? value : 0;
}

/** The object at the path, or an empty one. */
export function objectAt(object: Readable, ...path: readonly string[]): JsonObject {
  const value = valueAt(object, ...path);
  return isObject(value) ? value : {};
}

/** The objects of the list at the path. */
export function objectsAt(object: Readable, ...path: readonly string[]): JsonObject[] {
  const value = valueAt(object, ...path);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The texts of the list at the path. */
export function textsAt(object: Readable, ...path: readonly string[]): string[] {
  const value = valueAt(object, ...path);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
