/** `cub revision list`. */
import type { Entity, Invocation } from '../cub.ts';
import { entityOf, idOf, numberOf, partOf, textOf } from '../entity.ts';
import { describeTime } from '../go-time.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity, getSelection } from '../lookup.ts';
import { headerOf, showList } from '../print.ts';
import { listRevisions } from '../revisions.ts';
import { neededFields } from '../select.ts';
import { drawTable } from '../table.ts';

const COLUMNS = ['RevisionNum', 'CreatedAt', 'User.Username', 'Source', 'Description', 'ApplyGates'];
const BASE = ['RevisionNum', 'RevisionID', 'UnitID', 'SpaceID', 'OrganizationID'];

export async function run(call: Invocation): Promise<void> {
  const unit = await findEntity(call, unitKind, call.args[0] ?? '');
  const columns = { entity: 'Revision', shown: COLUMNS, base: BASE, include: 'UserID' };
  const select = call.flags.text('select') === '' ? neededFields(columns) : getSelection(call);
  const items = await listRevisions(call, idOf(unit, 'UnitID'), call.flags.text('where'), select);
  const header = headerOf(call, ['Num', 'Time', 'User', 'Source', 'Description', 'Apply-Gates']);
  await showList(call, 'ExtendedRevision', items, {
    name: (item) => String(numberOf(partOf(item, 'Revision'), 'RevisionNum')),
    draw: () => drawTable(header, items.map(rowOf)),
  });
}

function rowOf(item: Entity): readonly string[] {
  const revision = partOf(item, 'Revision');
  const [gate = 'None', ...more] = Object.keys(entityOf(revision['ApplyGates']));
  return [
    String(numberOf(revision, 'RevisionNum')),
    describeTime(textOf(revision, 'CreatedAt')),
    textOf(partOf(item, 'User'), 'Username'),
    textOf(revision, 'Source'),
    textOf(revision, 'Description'),
    more.length > 0 ? 'Multiple' : gate,
  ];
}
