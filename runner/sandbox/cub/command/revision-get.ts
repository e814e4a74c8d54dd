/** `cub revision get`: details and data, or the data alone. */
import type { Entity, Invocation } from '../cub.ts';
import { idOf, numberOf, partsOf, textOf } from '../entity.ts';
import { printJson, shapeAs } from '../go-json.ts';
import { describeTime } from '../go-time.ts';
import { parseInteger } from '../integer.ts';
import { conflictRows } from '../kind/conflicts.ts';
import { rowIf } from '../kind/details.ts';
import type { Rows } from '../kind/details.ts';
import { gatesOf, unitKind } from '../kind/unit.ts';
import { findEntity, getSelection } from '../lookup.ts';
import { drawDetails, showOne } from '../print.ts';
import { findRevision } from '../revisions.ts';
import { asLines, decode } from '../unit-view.ts';

export async function run(call: Invocation): Promise<void> {
  const [name = '', number = ''] = call.args;
  const unit = await findEntity(call, unitKind, name);
  const revision = await findRevision(call, idOf(unit, 'UnitID'), parseInteger(number), getSelection(call));
  await showOne(call, 'Revision', revision, () => {
    const data = asLines(decode(textOf(revision, 'Data')));
    return call.flags.on('data-only') ? data : drawHead(revision) + data;
  });
}

function drawHead(revision: Entity): string {
  const sources = partsOf(revision, 'MutationSources');
  const shaped = shapeAs('[]ResourceMutation', sources);
  const origins = sources.length === 0 ? '' : `Mutation Sources:\n${printJson(shaped)}\n---\n`;
  return `${drawDetails(rowsOf(revision))}---\n${origins}`;
}

function rowsOf(revision: Entity): Rows {
  return [
    ['ID', idOf(revision, 'RevisionID')],
    ['Unit ID', idOf(revision, 'UnitID')],
    ['Revision Num', String(numberOf(revision, 'RevisionNum'))],
    ['Source', textOf(revision, 'Source')],
    ['Description', textOf(revision, 'Description')],
    ['Created At', describeTime(textOf(revision, 'CreatedAt'))],
    ['Live At', describeTime(textOf(revision, 'LiveAt'))],
    ['User ID', idOf(revision, 'UserID')],
    ['Space ID', idOf(revision, 'SpaceID')],
    ['Organization ID', idOf(revision, 'OrganizationID')],
    ...rowIf('Apply Gates', gatesOf(revision)),
    ...conflictRows(revision),
  ];
}
