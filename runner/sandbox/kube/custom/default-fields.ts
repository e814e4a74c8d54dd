/** Fills a custom object's absent fields with what its schema says they are by default. */
import type { Json, JsonObject } from '../kube.ts';
import { readObject } from '../objects/fields.ts';
import { cloneJson, fieldsOf, getField, isObject, setField } from '../schema/json-value.ts';
import { schemaOfField } from './prune-fields.ts';

/** Changes the value in place. */
export function defaultFields(schema: JsonObject, value: Json): void {
  const { items } = schema;
  if (Array.isArray(value)) {
    if (isObject(items)) for (const item of value) defaultFields(items, item);
    return;
  }
  if (!isObject(value)) return;
  for (const [name, property] of fieldsOf(readObject(schema, 'properties'))) {
    const wanted = isObject(property) ? property['default'] : undefined;
    if (wanted !== undefined && getField(value, name) === undefined) setField(value, name, cloneJson(wanted));
  }
  for (const [name, item] of fieldsOf(value)) {
    const inner = schemaOfField(schema, name);
    if (inner !== undefined) defaultFields(inner, item);
  }
}
