/** Filters: what is selected from which kind of entity. */
import type { Entity, Invocation } from '../cub.ts';
import { idOf } from '../entity.ts';
import type { Form } from '../form.ts';
import { filterKind } from '../kind/filter.ts';
import { findSpace } from '../lookup.ts';
import { textFields } from './fields.ts';

export const filterForm: Form = {
  kind: filterKind,
  create: { least: 2, complaint: 'single filter creation requires: <slug> <from> [options...]' },
  update: { least: 2, complaint: 'single filter update requires: <slug> <from> [options...]' },
  selectsByWhere: false,
  flagFields: async (call) => ({
    ...textFields(call, { 'where-data': 'WhereData', 'resource-type': 'ResourceType' }),
    ...(await fromSpace(call)),
  }),
  wordFields: (call, [From = '']) =>
    Promise.resolve({ From, ...textFields(call, { where: 'Where', 'where-field': 'Where' }) }),
};

async function fromSpace(call: Invocation): Promise<Entity> {
  const name = call.flags.text('from-space');
  return name === '' ? {} : { FromSpaceID: idOf(await findSpace(call, name), 'SpaceID') };
}
