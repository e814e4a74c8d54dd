/** `cub <kind> list` for the kinds whose lists are alike. */
import type { Invocation } from '../cub.ts';
import { partOf, textOf } from '../entity.ts';
import { extendedShape } from '../kind.ts';
import { kindOfCommand } from '../kinds.ts';
import { getSelection, kindSelection, listEntities } from '../lookup.ts';
import { headerOf, showList } from '../print.ts';
import { filterQuery } from '../reference.ts';
import { drawTable } from '../table.ts';

export async function run(call: Invocation): Promise<void> {
  const kind = await kindOfCommand(call.command);
  const select = call.flags.text('select') === '' ? kindSelection(kind) : getSelection(call);
  const items = await listEntities(call, kind, call.space.id, {
    where: call.flags.text('where'),
    select,
    more: await filterQuery(call),
  });
  const bare = kind.listsBare === true;
  const shown = bare ? items.map((item) => partOf(item, kind.shape)) : items;
  await showList(call, bare ? kind.shape : extendedShape(kind), shown, {
    name: (item) => textOf(bare ? item : partOf(item, kind.shape), 'Slug'),
    draw: () =>
      drawTable(
        headerOf(call, kind.header),
        items.map((item) => kind.row(item, call)),
      ),
  });
}
