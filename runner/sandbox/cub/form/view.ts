/** Views: the columns and the order in which a filter's entities are shown. */
import type { Entity, Invocation } from '../cub.ts';
import { idOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import type { Form } from '../form.ts';
import { filterKind } from '../kind/filter.ts';
import { viewKind } from '../kind/view.ts';
import { findEntity } from '../lookup.ts';
import { textFields } from './fields.ts';

export const viewForm: Form = {
  kind: viewKind,
  create: { least: 2, complaint: 'single view creation requires: <slug> <filter>' },
  update: {
    least: 1,
    exactly: true,
    complaint: 'single view update requires exactly one argument: <slug or id>',
  },
  check: checkOrder,
  flagFields: async (call) => {
    const columns = call.flags.list('column').map((Name) => ({ Name }));
    return {
      ...(await filterField(call, call.flags.text('filter'))),
      ...(columns.length === 0 ? {} : { Columns: columns }),
      ...textFields(call, {
        'group-by': 'GroupBy',
        'order-by': 'OrderBy',
        'order-by-direction': 'OrderByDirection',
      }),
    };
  },
  wordFields: (call, [filter = '']) => filterField(call, call.flags.text('filter') === '' ? filter : ''),
};

async function filterField(call: Invocation, name: string): Promise<Entity> {
  return name === '' ? {} : { FilterID: idOf(await findEntity(call, filterKind, name), 'FilterID') };
}

function checkOrder(call: Invocation): void {
  const direction = call.flags.text('order-by-direction');
  if (direction === '') return;
  if (call.flags.text('order-by') === '')
    throw new Failure('--order-by-direction can only be specified with --order-by');
  if (direction !== 'ASC' && direction !== 'DESC')
    throw new Failure('--order-by-direction must be ASC or DESC');
}
