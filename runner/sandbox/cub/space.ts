/** What the commands about spaces share: columns, details, and the report of bulk work. */
import type { Entity, Invocation } from './cub.ts';
import { entitiesOf, hasPart, idOf, partOf, textOf } from './entity.ts';
import { Failure } from './failure.ts';
import { ownerRows, timeRows } from './kind/details.ts';
import type { Rows } from './kind/details.ts';
import { neededFields } from './select.ts';

/** The fields that `space list` needs. */
export function spaceFields(): string {
  return neededFields({
    entity: 'Space',
    shown: ['Space.Slug', 'Space.Labels'],
    base: ['Slug', 'SpaceID', 'OrganizationID'],
    include: '',
  });
}

/** ID, Name, times and owner. */
export function spaceRows(space: Entity): Rows {
  return [
    ['ID', idOf(space, 'SpaceID')],
    ['Name', textOf(space, 'Slug')],
    ...timeRows(space),
    ...ownerRows(space),
  ];
}

/** The sum of a map of counts. */
export function sumOf(entity: Entity, field: string): number {
  return Object.values(partOf(entity, field)).reduce<number>((sum, count) => sum + Number(count), 0);
}

/** Prints one paragraph per space and a summary; throws Failure if all failed. */
export function reportSpaces(
  call: Invocation,
  verb: 'create' | 'patch',
  status: number,
  value: unknown,
): void {
  const results = entitiesOf(value);
  if (results.length === 0) return call.around.out(`No spaces found to ${verb}\n`);
  for (const [at, result] of results.entries()) call.around.out(describeResult(verb, result, at));
  const failed = results.filter((result) => hasPart(result, 'Error')).length;
  const done = results.filter((result) => !hasPart(result, 'Error') && hasPart(result, 'Space')).length;
  call.around.out(`Summary: ${done} succeeded, ${failed} failed out of ${results.length} total spaces\n`);
  if (status === 207 && failed === results.length) throw new Failure(`all ${verb} operations failed`);
  return undefined;
}

function describeResult(verb: string, result: Entity, at: number): string {
  const space = partOf(result, 'Space');
  const lines = [`Space ${at + 1}:`];
  if (hasPart(result, 'Error')) lines.push(`  Error: ${textOf(partOf(result, 'Error'), 'Message')}`);
  else if (hasPart(result, 'Space')) lines.push(`  Successfully ${verb}d space:`);
  if (hasPart(result, 'Space'))
    lines.push(`  Space ID: ${idOf(space, 'SpaceID')}`, `  Slug: ${textOf(space, 'Slug')}`);
  const name = textOf(space, 'DisplayName');
  if (!hasPart(result, 'Error') && name !== '') lines.push(`  Display Name: ${name}`);
  return `${lines.join('\n')}\n\n`;
}
