/** How server-side apply sees a type: which lists merge by key, which are sets, and what is replaced as a whole. */
import type { FieldData, TypeWord } from '../data/data.ts';
import type { Json } from '../kube.ts';
import { shapeOf } from '../schema/find-type.ts';
import { isObject } from '../schema/json-value.ts';

/** A place in the schema: a field with its own rules, or a bare type inside a list or a map. */
export type Place = FieldData;

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

/** How values at this place merge. Lists are leaves unless they say otherwise; maps and structs are not. */
export function mergingOf(place: Place): Merging {
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
      if (place.map === 'atomic' || shape.struct.map === 'atomic') return { kind: 'leaf' };
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

/** Whether a value is absent, an empty object or an empty list: such values are leaves, to tell empty from absent. */
export function isVoid(value: Json | undefined): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0);
}
