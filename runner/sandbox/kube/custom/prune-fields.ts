/** Takes from a custom object what its schema does not name, as the API server does before it keeps it. */
import type { Json, JsonObject } from '../kube.ts';
import { readPath } from '../objects/fields.ts';
import { fieldsOf, isObject, setField } from '../schema/json-value.ts';

/** A custom object with the fields that its schema names. */
export interface PrunedFields {
  readonly object: JsonObject;
  /** In the server's words: `unknown field "spec.sizee"`. */
  readonly unknown: readonly string[];
}

const preserve = 'x-kubernetes-preserve-unknown-fields';
const identity = new Set(['apiVersion', 'kind', 'metadata']);

/** Prunes a whole object; nulls that the schema does not allow count as absent. */
export function pruneFields(schema: JsonObject, object: JsonObject): PrunedFields {
  const unknown: string[] = [];
  const pruned = pruneObject(schema, object, '', unknown);
  return { object: pruned, unknown };
}

function pruneObject(schema: JsonObject, value: JsonObject, path: string, unknown: string[]): JsonObject {
  const result: JsonObject = {};
  for (const [name, item] of fieldsOf(value)) {
    const place = path === '' ? name : `${path}.${name}`;
    const isIdentity =
      identity.has(name) && (path === '' || schema['x-kubernetes-embedded-resource'] === true);
    const inner = isIdentity ? undefined : schemaOfField(schema, name);
    if (isIdentity || (inner === undefined && schema[preserve] === true)) setField(result, name, item);
    else if (inner === undefined) unknown.push(`unknown field ${JSON.stringify(place)}`);
    else if (item !== null || inner['nullable'] === true)
      setField(result, name, pruneValue(inner, item, place, unknown));
  }
  return result;
}

/** What the schema says of a field by its name, or of all fields that it does not name. */
export function schemaOfField(schema: JsonObject, name: string): JsonObject | undefined {
  const named = readPath(schema, 'properties', name);
  if (isObject(named)) return named;
  const others = schema['additionalProperties'];
  if (others === true) return { [preserve]: true };
  return isObject(others) ? others : undefined;
}

function pruneValue(schema: JsonObject, value: Json, path: string, unknown: string[]): Json {
  const { items } = schema;
  if (Array.isArray(value)) {
    return isObject(items)
      ? value.map((item, index) => pruneValue(items, item, `${path}[${index}]`, unknown))
      : value;
  }
  return isObject(value) ? pruneObject(schema, value, path, unknown) : value;
}
