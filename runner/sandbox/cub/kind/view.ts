/** Views: saved columns and order of a list. */
import type { Entity } from '../cub.ts';
import { idOf, partOf, partsOf, textOf } from '../entity.ts';
import type { Kind } from '../kind.ts';
import { commonRows, rowIf, shorten, spaceSlugOf } from './details.ts';
import type { Rows } from './details.ts';

export const viewKind: Kind = {
  word: 'view',
  segment: 'view',
  shape: 'View',
  id: 'ViewID',
  include: 'SpaceID,FilterID',
  flag: 'view',
  missingIn: 'slug',
  columns: ['View.Slug', 'Space.Slug', 'Filter.Slug', 'View.Columns', 'View.GroupBy', 'View.OrderBy'],
  header: ['Name', 'Space', 'Filter', 'Columns', 'Group-By', 'Order-By'],
  row: (item, call) => {
    const view = partOf(item, 'View');
    const direction = directionOf(view);
    const order = textOf(view, 'OrderBy');
    return [
      textOf(view, 'Slug'),
      spaceSlugOf(item, call, textOf(view, 'ViewID')),
      textOf(partOf(item, 'Filter'), 'Slug'),
      shorten(columnsOf(view), 40),
      textOf(view, 'GroupBy'),
      direction === '' ? order : `${order} ${direction}`,
    ];
  },
  details: (view) => [
    ...commonRows(view, 'ViewID', { displayName: true }),
    ['Filter ID', idOf(view, 'FilterID')],
    ...columnRows(view),
    ...rowIf('Group By', textOf(view, 'GroupBy')),
    ...orderRows(view),
  ],
};

function columnsOf(view: Entity): string {
  return partsOf(view, 'Columns')
    .map((column) => textOf(column, 'Name'))
    .join(', ');
}

function columnRows(view: Entity): Rows {
  const count = partsOf(view, 'Columns').length;
  if (count === 0) return [];
  return [
    ['Columns', columnsOf(view)],
    ['Column Count', String(count)],
  ];
}

function orderRows(view: Entity): Rows {
  const order = textOf(view, 'OrderBy');
  return order === '' ? [] : [['Order By', order], ...rowIf('Order By Direction', directionOf(view))];
}

function directionOf(view: Entity): string {
  const direction = textOf(view, 'OrderByDirection');
  return direction === 'OrderByDirectionNone' ? '' : direction;
}
