/** Path elements in their `FieldsV1` spelling: `f:name`, `k:{"name":"web"}` (list item by keys), `v:"x"` (set item). */
import type { Json, JsonObject } from '../kube.ts';
import { getField, isObject, setField } from '../schema/json-value.ts';

/** The only list key with a default in the API's schema: ports that leave it out are TCP ports. */
const keyDefaults: Readonly<Record<string, Json>> = { protocol: 'TCP' };

export function fieldElement(name: string): string {
  return `f:${name}`;
}

/** The element of an item of a list with keys, or of a set where there are none. */
export function itemElement(item: Json, keys: readonly string[]): string {
  if (keys.length === 0) return `v:${JSON.stringify(item)}`;
  const found: JsonObject = {};
  for (const key of keys.toSorted()) {
    const value = (isObject(item) ? getField(item, key) : undefined) ?? keyDefaults[key];
    if (value !== undefined) setField(found, key, value);
  }
  return `k:${JSON.stringify(found)}`;
}

/** The path as conflicts show it: `.spec.containers[name="web"].image`. */
export function renderPath(path: readonly string[]): string {
  return path.map(renderElement).join('');
}

function renderElement(element: string): string {
  const content = element.slice(2);
  switch (element.slice(0, 2)) {
    case 'f:':
      return `.${content}`;
    case 'k:':
      return `[${renderKeys(content)}]`;
    case 'v:':
      return `[=${content}]`;
    default:
      return `[${content}]`;
  }
}

function renderKeys(content: string): string {
  const keys: unknown = JSON.parse(content);
  if (!isObject(keys)) return content;
  return Object.entries(keys)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(',');
}
