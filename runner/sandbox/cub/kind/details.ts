/** Rows that the details of every kind begin with. */
import type { Entity } from '../cub.ts';
import { idOf, pairsOf, textOf } from '../entity.ts';
import { describeTime } from '../go-time.ts';

export type Rows = readonly (readonly [string, string])[];

/** Created At, Updated At. */
export function timeRows(entity: Entity): Rows {
  return [
    ['Created At', describeTime(textOf(entity, 'CreatedAt'))],
    ['Updated At', describeTime(textOf(entity, 'UpdatedAt'))],
  ];
}

/** Labels, Annotations, Organization ID. */
export function ownerRows(entity: Entity): Rows {
  return [
    ['Labels', pairsOf(entity, 'Labels')],
    ['Annotations', pairsOf(entity, 'Annotations')],
    ['Organization ID', idOf(entity, 'OrganizationID')],
  ];
}

/** ID, Name, [Display Name], Space ID, times and owner. */
export function commonRows(
  entity: Entity,
  id: string,
  options: { readonly displayName?: boolean } = {},
): Rows {
  const shown =
    options.displayName === true ? ([['Display Name', textOf(entity, 'DisplayName')]] as const) : [];
  return [
    ['ID', idOf(entity, id)],
    ['Name', textOf(entity, 'Slug')],
    ...shown,
    ['Space ID', idOf(entity, 'SpaceID')],
    ...timeRows(entity),
    ...ownerRows(entity),
  ];
}

/** The row, if the value is not empty. */
export function rowIf(label: string, value: string): Rows {
  return value === '' ? [] : [[label, value]];
}

/** The slug of the wrapper's space; else the selected one, or for all spaces the entity's id. */
export function spaceSlugOf(
  item: Entity,
  call: { readonly space: { readonly slug: string } },
  id: string,
): string {
  const space = item['Space'];
  if (typeof space === 'object' && space !== null) return textOf(space as Entity, 'Slug');
  return call.space.slug === '*' ? id : call.space.slug;
}

/** Cut to `length` characters, the last three being dots. */
export function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3)}...` : text;
}

/** An argument of a function that an entity calls. */
export function argumentRow(argument: Entity, at: number): Rows {
  const name = textOf(argument, 'ParameterName');
  const value = argument['Value'];
  return [
    [
      `Argument ${at}${name === '' ? '' : ` (${name})`}`,
      value === undefined ? '<nil>' : JSON.stringify(value),
    ],
  ];
}
