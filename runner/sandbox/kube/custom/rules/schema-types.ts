/** What CEL sees of a custom object: the types that its schema gives (apiserver, pkg/cel/common/schemas.go), and its values. */
import { BOOL, type CelType, DOUBLE, DYN, INT, STRING } from '../../../cel/types.ts';
import type { CelValue } from '../../../cel/cel.ts';
import type { Json, JsonObject } from '../../kube.ts';
import { readNumber, readObject, readText } from '../../objects/fields.ts';
import { fieldsOf, isObject } from '../../schema/json-value.ts';
import { schemaOfField } from '../prune-fields.ts';

/** The longest request, by which what has no limit of its own is limited. */
const longestRequest = 3 * 1024 * 1024;
const foreignFormats = ['byte', 'duration', 'date', 'date-time'];
const keywords =
  /^(?:true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void|while)$/;

/** Of any object at its root; rules see nothing else of its metadata. */
const rootFields: readonly (readonly [string, CelType])[] = [
  ['apiVersion', STRING],
  ['kind', STRING],
  [
    'metadata',
    {
      kind: 'object',
      fields: new Map([
        ['name', { kind: 'string', size: 253 }],
        ['generateName', { kind: 'string', size: 253 }],
      ]),
    },
  ],
];

/** The type of values of a schema; undefined where rules cannot see them. */
export function typeOfSchema(schema: JsonObject, isRoot = false): CelType | undefined {
  if (schema['x-kubernetes-int-or-string'] === true) return DYN;
  switch (readText(schema, 'type')) {
    case 'boolean':
      return BOOL;
    case 'integer':
      return INT;
    case 'number':
      return DOUBLE;
    case 'string':
      return typeOfText(schema);
    case 'array':
      return typeOfList(schema);
    case 'object':
      return typeOfObject(schema, isRoot || schema['x-kubernetes-embedded-resource'] === true);
    default:
      return undefined;
  }
}

function typeOfText(schema: JsonObject): CelType {
  const { format } = schema;
  if (typeof format === 'string' && foreignFormats.includes(format)) return { kind: 'foreign', name: format };
  const longest = readNumber(schema, 'maxLength');
  return { kind: 'string', size: longest === undefined ? longestRequest : longest * 4 };
}

function typeOfList(schema: JsonObject): CelType | undefined {
  const of = typeOfSchema(readObject(schema, 'items'));
  const size = readNumber(schema, 'maxItems') ?? longestRequest / (of?.kind === 'int' ? 2 : 3);
  return of === undefined ? undefined : { kind: 'list', of, size };
}

function typeOfObject(schema: JsonObject, isRoot: boolean): CelType | undefined {
  const others = schema['additionalProperties'];
  if (isObject(others)) {
    const of = typeOfSchema(others);
    const size = readNumber(schema, 'maxProperties') ?? longestRequest / 8;
    return of === undefined ? undefined : { kind: 'map', of, size };
  }
  const fields = new Map(isRoot ? rootFields : []);
  for (const [name, inner] of fieldsOf(readObject(schema, 'properties'))) {
    const type = isObject(inner) && !(isRoot && fields.has(name)) ? typeOfSchema(inner) : undefined;
    if (type !== undefined) fields.set(fieldName(name), type);
  }
  return { kind: 'object', fields };
}

/** A field's name as expressions must write it. */
function fieldName(name: string): string {
  if (keywords.test(name)) return `__${name}__`;
  const escaped: Readonly<Record<string, string>> = {
    __: '__underscores__',
    '.': '__dot__',
    '-': '__dash__',
    '/': '__slash__',
  };
  return name.replaceAll(/__|[.\-\/]/gv, (part) => escaped[part] ?? part);
}

/** A value as CEL holds it: what the schema calls an integer is one. */
export function valueOfSchema(schema: JsonObject, value: Json): CelValue {
  if (typeof value === 'number') return isInteger(schema, value) ? BigInt(value) : value;
  if (Array.isArray(value)) {
    const items = readObject(schema, 'items');
    return value.map((item) => valueOfSchema(items, item));
  }
  if (!isObject(value)) return value;
  const isMap = isObject(schema['additionalProperties']);
  return new Map(
    fieldsOf(value).map(([name, item]) => [
      isMap ? name : fieldName(name),
      valueOfSchema(schemaOfField(schema, name) ?? {}, item),
    ]),
  );
}

function isInteger(schema: JsonObject, value: number): boolean {
  return schema['type'] !== 'number' && Number.isInteger(value);
}
