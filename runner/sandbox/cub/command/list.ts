/** `cub <kind> list` for the kinds whose lists are alike. */
import type { Invocation } from '../cub.ts';
import { partOf, textOf } from '../entity.ts';
import { extendedShape } from '../kind.ts';
import { kindOfCommand } from '../kinds.ts';
import { getSelection, kindSelection, listEntities } from '../lookup.ts';
import { headerOf, showList } from '../print.ts';
import { drawTable } from '../table.ts';

export async function run(call: Invocation): Promise<void> {
  const kind = await kindOfCommand(call.command);
  const select = call.flags.text('select') === '' ? kindSelection(kind) : getSelection(call);
  const items = await listEntities(call, kind, call.space.id, { where: call.flags.text('where'), select });
  await showList(call, extendedShape(kind), items, {
    name: (item) => textOf(partOf(item, kind.shape), 'Slug'),
    draw: () =>
      drawTable(
        headerOf(call, kind.header),
        items.map((item) => kind.row(item, call)),
      ),
  });
}
