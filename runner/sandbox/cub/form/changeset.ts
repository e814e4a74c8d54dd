/** Changesets: the filter of their units, the tags of their begin and end, and why. */
import type { Entity, Invocation } from '../cub.ts';
import { idOf } from '../entity.ts';
import type { Form } from '../form.ts';
import type { Kind } from '../kind.ts';
import { changesetKind } from '../kind/changeset.ts';
import { filterKind } from '../kind/filter.ts';
import { tagKind } from '../kind/tag.ts';
import { findEntity } from '../lookup.ts';
import { textFields } from './fields.ts';

export const changesetForm: Form = {
  kind: changesetKind,
  create: { least: 1, complaint: 'single changeset creation requires: <slug>' },
  update: {
    least: 1,
    exactly: true,
    complaint: 'single changeset update requires exactly one argument: <slug or id>',
  },
  flagFields: async (call) => ({
    ...(await reference(call, 'filter', filterKind, 'FilterID')),
    ...(await reference(call, 'start-tag', tagKind, 'StartTagID')),
    ...(await reference(call, 'end-tag', tagKind, 'EndTagID')),
    ...textFields(call, { description: 'Description' }),
  }),
};

async function reference(call: Invocation, flag: string, kind: Kind, field: string): Promise<Entity> {
  const name = call.flags.text(flag);
  return name === '' ? {} : { [field]: idOf(await findEntity(call, kind, name), kind.id) };
}
