/** How server-side apply sees a type: which lists merge by key, which are sets, and what is replaced as a whole. */
import type { FieldData, TypeWord } from '../data/data.ts';
import type { BodyKind } from '../custom/custom.ts';
import { schemaOfField } from '../custom/prune-fields.ts';
import type { Json, JsonObject } from '../kube.ts';
import { readTexts } from '../objects/fields.ts';
import { findKind, shapeOf } from '../schema/find-type.ts';
import { isObject } from '../schema/json-value.ts';

/** A place in the schema: a field with its own rules, or a bare type inside a list or a map. */
export interface Place extends FieldData {
  /** In a custom object, what its schema says of the place; `type` is then of no account. */
  readonly schema?: JsonObject;
  /** The place is the whole custom object. */
  readonly isRoot?: boolean;
}

/** What a value at a place is to server-side apply. A `leaf` is owned as a whole. */
export type Merging =
  | { readonly kind: 'leaf' }
  | { readonly kind: 'list'; readonly item: Place; readonly keys: readonly string[] }
  | {
      readonly kind: 'map';
      readonly place: (name: string) => Place;
      readonly isField: (name: string) => boolean;
    };

/** The place of a bare type. */
export function placeOf(type: TypeWord): Place {
  return { type };
}

/** The place of a whole object; undefined for a kind without a type. */
export function placeOfKind(kind: BodyKind): Place | undefined {
  if (kind.schema !== undefined) return { type: 'raw', schema: kind.schema, isRoot: true };
  const type = findKind(kind);
  return type === undefined ? undefined : placeOf(type);
}

/** How values at this place merge. Lists are leaves unless they say otherwise; maps and structs are not. */
export function mergingOf(place: Place): Merging {
  if (place.schema !== undefined) return mergingOfSchema(place.schema, place.isRoot === true);
  const shape = shapeOf(place.type);
  switch (shape.kind) {
    case 'scalar':
      return { kind: 'leaf' };
    case 'list':
      if (place.list !== 'map' && place.list !== 'set') return { kind: 'leaf' };
      return {
        kind: 'list',
        item: placeOf(shape.item),
        keys: place.list === 'map' ? (place.keys ?? []) : [],
      };
    case 'map':
      if (place.map === 'atomic') return { kind: 'leaf' };
      return { kind: 'map', place: () => placeOf(shape.item), isField: () => false };
    case 'struct': {
      if ((place.map ?? shape.struct.map) === 'atomic') return { kind: 'leaf' };
      const { fields } = shape.struct;
      const isField = (name: string): boolean => Object.hasOwn(fields, name);
      return {
        kind: 'map',
        place: (name) => (isField(name) ? fields[name] : undefined) ?? placeOf('raw'),
        isField,
      };
    }
  }
}

const ofEveryObject: Readonly<Record<string, Place>> = {
  apiVersion: placeOf('string'),
  kind: placeOf('string'),
  metadata: placeOf('meta.v1.ObjectMeta'),
};

function mergingOfSchema(schema: JsonObject, isRoot: boolean): Merging {
  const { items } = schema;
  const list = schema['x-kubernetes-list-type'];
  if (schema['type'] === 'array' && isObject(items) && (list === 'map' || list === 'set')) {
    const keys = list === 'map' ? readTexts(schema, 'x-kubernetes-list-map-keys') : [];
    return { kind: 'list', item: { type: 'raw', schema: items }, keys };
  }
  if (schema['type'] !== 'object' || schema['x-kubernetes-map-type'] === 'atomic') return { kind: 'leaf' };
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return {
    kind: 'map',
    place: (name) =>
      (isRoot && Object.hasOwn(ofEveryObject, name) ? ofEveryObject[name] : undefined) ?? {
        type: 'raw',
        schema: schemaOfField(schema, name) ?? {},
      },
    isField: (name) => Object.hasOwn(properties, name) || (isRoot && Object.hasOwn(ofEveryObject, name)),
  };
}

/** Whether a value is absent, an empty object or an empty list: such values are leaves, to tell empty from absent. */
export function isVoid(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0);
}
