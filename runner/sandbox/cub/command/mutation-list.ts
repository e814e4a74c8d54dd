/** `cub mutation list`. */
import type { Entity, Invocation } from '../cub.ts';
import { idOf, numberOf, partOf, textOf } from '../entity.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity, getSelection } from '../lookup.ts';
import { MUTATION_INCLUDE, listMutations, mutationNumber } from '../mutations.ts';
import { hasOtherOutput, headerOf, showList } from '../print.ts';
import { neededFields } from '../select.ts';
import { drawTable } from '../table.ts';

const COLUMNS = [
  'MutationNum',
  'RevisionNum',
  'Link.Slug',
  'ProvidedResource',
  'ProvidedPath',
  'Trigger.Slug',
  'FunctionInvocation',
];
const BASE = ['MutationNum', 'MutationID', 'UnitID', 'SpaceID', 'OrganizationID'];
const HEADER = ['Num', 'RevisionNum', 'Link', 'ProvidedResource', 'ProvidedPath', 'Trigger', 'FunctionName'];

export async function run(call: Invocation): Promise<void> {
  const unit = await findEntity(call, unitKind, call.args[0] ?? '');
  const base = hasOtherOutput(call) ? [...BASE, 'Conflicts'] : BASE;
  const columns = { entity: 'Mutation', shown: COLUMNS, base, include: MUTATION_INCLUDE };
  const select = call.flags.text('select') === '' ? neededFields(columns) : getSelection(call);
  const items = await listMutations(call, idOf(unit, 'UnitID'), call.flags.text('where'), select);
  await showList(call, 'ExtendedMutation', items, {
    name: (item) => String(mutationNumber(item)),
    draw: () => drawTable(headerOf(call, HEADER), items.map(rowOf)),
  });
}

function rowOf(item: Entity): readonly string[] {
  const mutation = partOf(item, 'Mutation');
  return [
    String(mutationNumber(item)),
    String(numberOf(mutation, 'RevisionNum')),
    textOf(partOf(item, 'Link'), 'Slug'),
    textOf(partOf(mutation, 'ProvidedResource'), 'ResourceName'),
    textOf(mutation, 'ProvidedPath'),
    textOf(partOf(item, 'Trigger'), 'Slug'),
    textOf(partOf(mutation, 'FunctionInvocation'), 'FunctionName'),
  ];
}
