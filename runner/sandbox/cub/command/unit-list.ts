/** `cub unit list`, in a space or (with `--where-data`, or in all spaces) by searching. */
import type { Entity, Invocation } from '../cub.ts';
import { partOf, textOf } from '../entity.ts';
import { unitKind } from '../kind/unit.ts';
import { getSelection, listEntities } from '../lookup.ts';
import { showList } from '../print.ts';
import { filterQuery } from '../reference.ts';
import { drawUnits, unitFields } from '../units.ts';

export async function run(call: Invocation): Promise<void> {
  const items = await listUnits(call);
  await showList(call, 'ExtendedUnit', items, {
    name: (item) => textOf(partOf(item, 'Unit'), 'Slug'),
    draw: () => drawUnits(call, items),
  });
}

/** The units that the flags choose. `fields` is what the table needs; empty for all. */
export async function listUnits(call: Invocation, fields: string = unitFields(call)): Promise<Entity[]> {
  const select = call.flags.text('select') === '' ? fields : getSelection(call);
  const filter = await filterQuery(call);
  const where = call.flags.text('where');
  const whereData = call.flags.text('where-data');
  const more = { where_data: whereData, resource_type: call.flags.text('resource-type'), ...filter };
  if (call.space.id === '*') return listEntities(call, unitKind, '*', { where, select, more });
  if (whereData === '') return listEntities(call, unitKind, call.space.id, { where, select, more: filter });
  const here = `SpaceID='${call.space.id}'`;
  const scoped = where === '' ? here : `${where} AND ${here}`;
  return listEntities(call, unitKind, '*', { where: scoped, select, more });
}
