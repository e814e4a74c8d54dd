/** The API's types as OpenAPI schemas, without prose: enough for `kubectl explain` to show fields and their types. */
import type { TypeData, TypeWord } from '../data/data.ts';
import type { ServedResource } from '../custom/custom.ts';
import type { JsonObject } from '../kube.ts';
import { findKind, findStruct, shapeOf } from '../schema/find-type.ts';
import { isObject } from '../schema/json-value.ts';

/** The schemas of these resources' kinds and of every type that they reach. */
export function renderSchemas(resources: readonly ServedResource[]): JsonObject {
  const schemas: JsonObject = {};
  for (const { group, version, kind, custom } of resources) {
    if (custom !== undefined) {
      addSchema(schemas, objectMeta);
      schemas[`${group}.${version}.${kind}`] = customSchema(custom.schema, { group, kind, version });
      continue;
    }
    const key = findKind({ group, version, kind });
    if (key === undefined) continue;
    addSchema(schemas, key);
    const schema = schemas[schemaName(key)] as JsonObject;
    schema['x-kubernetes-group-version-kind'] = [{ group, kind, version }];
  }
  return schemas;
}

const objectMeta = 'meta.v1.ObjectMeta';

/** What the definition says, with what every object has. */
function customSchema(schema: JsonObject, kind: JsonObject): JsonObject {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return {
    ...schema,
    properties: {
      ...properties,
      apiVersion: { type: 'string' },
      kind: { type: 'string' },
      metadata: { allOf: [{ $ref: `#/components/schemas/${schemaName(objectMeta)}` }] },
    },
    'x-kubernetes-group-version-kind': [kind],
  };
}

function addSchema(schemas: JsonObject, key: string): void {
  const name = schemaName(key);
  if (schemas[name] !== undefined) return;
  const struct = findStruct(key);
  schemas[name] = renderStruct(struct);
  for (const { type } of Object.values(struct.fields)) {
    const item = type.replace(/^(?:\[\]|\{\})+/v, '');
    if (shapeOf(item).kind === 'struct') addSchema(schemas, item);
  }
}

function renderStruct(struct: TypeData): JsonObject {
  const required = Object.entries(struct.fields)
    .filter(([, field]) => field.required === true)
    .map(([name]) => name);
  const properties: JsonObject = {};
  for (const [name, { type }] of Object.entries(struct.fields)) properties[name] = renderType(type);
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
}

function renderType(word: TypeWord): JsonObject {
  const shape = shapeOf(word);
  switch (shape.kind) {
    case 'list':
      return { type: 'array', items: renderType(shape.item) };
    case 'map':
      return { type: 'object', additionalProperties: renderType(shape.item) };
    case 'struct':
      return { allOf: [{ $ref: `#/components/schemas/${schemaName(word)}` }] };
    case 'scalar':
      return scalars[word] ?? { type: 'string' };
  }
}

const scalars: Readonly<Record<string, JsonObject>> = {
  bool: { type: 'boolean' },
  int32: { type: 'integer', format: 'int32' },
  int64: { type: 'integer', format: 'int64' },
  float64: { type: 'number', format: 'double' },
  bytes: { type: 'string', format: 'byte' },
  time: { type: 'string', format: 'date-time' },
  microTime: { type: 'string', format: 'date-time' },
  intOrString: { format: 'int-or-string', oneOf: [{ type: 'integer' }, { type: 'string' }] },
  quantity: { oneOf: [{ type: 'string' }, { type: 'number' }] },
  raw: { type: 'object' },
  fieldsV1: { type: 'object' },
};

function schemaName(key: string): string {
  return key.startsWith('meta.') ? `io.k8s.apimachinery.pkg.apis.${key}` : `io.k8s.api.${key}`;
}
