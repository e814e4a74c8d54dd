/** `cub mutation get`. */
import type { Entity, Invocation } from '../cub.ts';
import { hasPart, idOf, numberOf, optionalIdOf, partOf, partsOf, textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { parseInteger } from '../integer.ts';
import { conflictRows } from '../kind/conflicts.ts';
import { rowIf } from '../kind/details.ts';
import type { Rows } from '../kind/details.ts';
import { triggerKind } from '../kind/trigger.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity, getSelection } from '../lookup.ts';
import { listMutations, mutationNumber } from '../mutations.ts';
import { drawDetails, showOne } from '../print.ts';

export async function run(call: Invocation): Promise<void> {
  const [name = '', text = ''] = call.args;
  const unitId = idOf(await findEntity(call, unitKind, name), 'UnitID');
  const number = parseInteger(text);
  const found = await listMutations(call, unitId, `MutationNum = ${number}`, getSelection(call));
  const item = found.find((candidate) => mutationNumber(candidate) === number);
  if (item === undefined)
    throw new Failure(`mutation ${number} of unit ${unitId} not found in space ${call.space.slug}`);
  await showOne(call, 'ExtendedMutation', item, () => {
    const trigger = hasPart(item, 'Trigger') ? drawDetails(triggerKind.details(partOf(item, 'Trigger'))) : '';
    return drawDetails(rowsOf(partOf(item, 'Mutation'))) + trigger;
  });
}

function rowsOf(mutation: Entity): Rows {
  const called = partOf(mutation, 'FunctionInvocation');
  const values = textOf(called, 'FunctionName') === '' ? [] : partsOf(called, 'Arguments');
  return [
    ['ID', idOf(mutation, 'MutationID')],
    ['Unit ID', idOf(mutation, 'UnitID')],
    ['Revision ID', idOf(mutation, 'RevisionID')],
    ['Mutation Num', String(numberOf(mutation, 'MutationNum'))],
    ...rowIf('Link ID', optionalIdOf(mutation, 'LinkID')),
    ['Provided Path', textOf(mutation, 'ProvidedPath')],
    ...rowIf('Trigger ID', optionalIdOf(mutation, 'TriggerID')),
    ...rowIf('Function Name', textOf(called, 'FunctionName')),
    ...values.map((value, at) => [`Argument ${at}`, String(value['Value'])] as const),
    ...conflictRows(mutation),
    ['Space ID', idOf(mutation, 'SpaceID')],
    ['Organization ID', idOf(mutation, 'OrganizationID')],
  ];
}
