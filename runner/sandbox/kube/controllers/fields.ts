/** Reads of untyped object parts, so that controllers need no casts: what is missing or of another type has one harmless value. */
import type { JsonObject } from '../kube.ts';

/** `value` as an object; an empty one if it is none. */
export function record(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

/** The objects of a list; nothing if it is no list. */
export function records(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.map((item) => record(item)) : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

export function integer(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

/** A map of strings (labels, annotations, data). */
export function textMap(value: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [key, item] of Object.entries(record(value))) if (typeof item === 'string') found[key] = item;
  return found;
}

/** Whether two JSON values are equal, whatever the order of their members. */
export function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** JSON text with sorted members: equal values give equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : item,
  );
}
