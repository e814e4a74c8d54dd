/** Reading parsed YAML without trusting it. */
import type { Fields, Path, Value } from './manifests.ts';

/** The value as a mapping; an empty one where it is none. */
export function fieldsOf(value: Value): Fields {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isMap ? Object.fromEntries(Object.entries(value)) : {};
}

/** The value as a list. */
export function listOf(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

/** What a path leads to. */
export function valueAt(value: Value, path: Path): Value {
  return path.reduce<Value>(
    (inner, key) => (typeof key === 'number' ? listOf(inner)[key] : fieldsOf(inner)[key]),
    value,
  );
}

/** The text at a path; '' where there is none. */
export function textAt(value: Value, path: Path): string {
  const found = valueAt(value, path);
  return typeof found === 'string' ? found : '';
}
