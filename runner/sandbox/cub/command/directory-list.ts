/** `cub organization list`, `cub organization-member list`, `cub user list`. */
import type { Invocation } from '../cub.ts';
import { listDirectory, openDirectory } from '../directory.ts';
import { textOf } from '../entity.ts';
import { getSelection } from '../lookup.ts';
import { headerOf, showList } from '../print.ts';
import { drawTable } from '../table.ts';

export async function run(call: Invocation): Promise<void> {
  const { directory, organization } = await openDirectory(call);
  const select =
    call.flags.text('select') === '' || directory.fields === undefined
      ? (directory.fields ?? '')
      : getSelection(call);
  const where = call.flags.text('where');
  const items = await listDirectory(call, directory, organization, { where, select });
  await showList(call, directory.shape, items, {
    name: (item) => textOf(item, directory.nameField),
    draw: () => drawTable(headerOf(call, directory.header), items.map(directory.row)),
  });
}
