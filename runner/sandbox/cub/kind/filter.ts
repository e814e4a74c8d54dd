/** Filters: saved selections. */
import { optionalIdOf, partOf, textOf } from '../entity.ts';
import type { Kind } from '../kind.ts';
import { commonRows, rowIf, shorten, spaceSlugOf } from './details.ts';

export const filterKind: Kind = {
  word: 'filter',
  segment: 'filter',
  shape: 'Filter',
  id: 'FilterID',
  include: 'SpaceID,FromSpaceID',
  flag: 'filter',
  missingIn: 'slug',
  columns: [
    'Filter.Slug',
    'Space.Slug',
    'Filter.From',
    'Filter.Where',
    'Filter.WhereData',
    'Filter.ResourceType',
    'FromSpace.Slug',
  ],
  header: ['Name', 'Space', 'From', 'Where', 'Where-Data', 'Resource-Type', 'From-Space'],
  row: (item, call) => {
    const filter = partOf(item, 'Filter');
    return [
      textOf(filter, 'Slug'),
      spaceSlugOf(item, call, textOf(filter, 'FilterID')),
      textOf(filter, 'From'),
      shorten(textOf(filter, 'Where'), 50),
      shorten(textOf(filter, 'WhereData'), 30),
      textOf(filter, 'ResourceType'),
      textOf(partOf(item, 'FromSpace'), 'Slug'),
    ];
  },
  details: (filter) => [
    ...commonRows(filter, 'FilterID', { displayName: true }),
    ['From', textOf(filter, 'From')],
    ...rowIf('From Space ID', optionalIdOf(filter, 'FromSpaceID')),
    ...rowIf('Where', textOf(filter, 'Where')),
    ...rowIf('Where Data', textOf(filter, 'WhereData')),
    ...rowIf('Resource Type', textOf(filter, 'ResourceType')),
    ...rowIf('Hash', textOf(filter, 'Hash')),
  ],
};
