/** Where expressions that the client writes itself. */
import { isUuid } from './entity.ts';
import { Failure } from './failure.ts';

/** `Slug IN ('a', 'b')`, or the ids: a list is all slugs or all ids. */
export function whereNamed(names: readonly string[], idField: string, slugField = 'Slug'): string {
  const [first = ''] = names;
  if (names.some((name) => isUuid(name) !== isUuid(first)))
    throw new Failure('all identifiers must be the same type (all UUIDs or all slugs)');
  const values = names.map((name) => `'${name}'`).join(', ');
  return `${isUuid(first) ? idField : slugField} IN (${values})`;
}

/** The expression within a space; `*` is no restriction. */
export function whereInSpace(where: string, spaceId: string): string {
  if (spaceId === '*') return where;
  const space = `SpaceID = '${spaceId}'`;
  return where === '' ? space : `${where} AND ${space}`;
}
