/** Values as Go's `%v` prints them, which is how the server shows a faulty patch: `map[image:x ports:[80 81]]`. */
import type { Json } from '../kube.ts';
import { fieldsOf, isObject } from '../schema/json-value.ts';

export function renderGo(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(renderGo).join(' ')}]`;
  if (!isObject(value)) return value === null || value === undefined ? '<nil>' : String(value);
  const fields = fieldsOf(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `map[${fields.map(([key, item]) => `${key}:${renderGo(item)}`).join(' ')}]`;
}
