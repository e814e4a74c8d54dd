/**
 * Reading JSON that came over the wire. The hub's answers are unknown values; a field that is absent or of another type
 * reads as Go's zero value, as it does in the original client's structs.
 */
import type { Entity } from './cub.ts';

export const ZERO_ID = '00000000-0000-0000-0000-000000000000';

/** The value as an object; everything else becomes an empty one. */
export function entityOf(value: unknown): Entity {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entity) : {};
}

/** The value as a list of objects. */
export function entitiesOf(value: unknown): Entity[] {
  return Array.isArray(value) ? value.map(entityOf) : [];
}

export function textOf(entity: Entity, field: string): string {
  const value = entity[field];
  return typeof value === 'string' ? value : '';
}

export function numberOf(entity: Entity, field: string): number {
  const value = entity[field];
  return typeof value === 'number' ? value : 0;
}

export function flagOf(entity: Entity, field: string): boolean {
  return entity[field] === true;
}

export function partOf(entity: Entity, field: string): Entity {
  return entityOf(entity[field]);
}

export function partsOf(entity: Entity, field: string): Entity[] {
  return entitiesOf(entity[field]);
}

export function hasPart(entity: Entity, field: string): boolean {
  return typeof entity[field] === 'object' && entity[field] !== null;
}

/** An id; the zero UUID if there is none. */
export function idOf(entity: Entity, field: string): string {
  return textOf(entity, field) === '' ? ZERO_ID : textOf(entity, field);
}

/** An optional id: empty for null, absent and zero. */
export function optionalIdOf(entity: Entity, field: string): string {
  const id = idOf(entity, field);
  return id === ZERO_ID ? '' : id;
}

/** A map's entries by key: Go prints them in random order, we do not. */
export function sortedEntries(map: Entity): (readonly [string, unknown])[] {
  return Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
}

/** Labels or annotations as `key=value,key=value`. */
export function pairsOf(entity: Entity, field: string): string {
  return sortedEntries(partOf(entity, field))
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(',');
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
