/** Links: a unit needs what another provides. */
import { hasPart, idOf, partOf, textOf } from '../entity.ts';
import type { Kind } from '../kind.ts';
import { commonRows } from './details.ts';

export const linkKind: Kind = {
  word: 'link',
  segment: 'link',
  shape: 'Link',
  id: 'LinkID',
  include: 'SpaceID,FromUnitID,ToUnitID,ToSpaceID',
  flag: 'link',
  missingIn: 'slug',
  columns: ['Link.Slug', 'Space.Slug', 'FromUnit.Slug', 'ToUnit.Slug', 'ToSpace.Slug'],
  header: ['Name', 'Space', 'From-Unit', 'To-Unit', 'To-Space'],
  row: (item, call) => {
    const here = textOf(partOf(item, 'Link'), 'ToSpaceID') === call.space.id ? call.space.slug : '';
    return [
      textOf(partOf(item, 'Link'), 'Slug'),
      textOf(partOf(item, 'Space'), 'Slug'),
      textOf(partOf(item, 'FromUnit'), 'Slug'),
      textOf(partOf(item, 'ToUnit'), 'Slug'),
      hasPart(item, 'ToSpace') ? textOf(partOf(item, 'ToSpace'), 'Slug') : here,
    ];
  },
  details: (link) => [
    ...commonRows(link, 'LinkID'),
    ['From Unit ID', idOf(link, 'FromUnitID')],
    ['To Unit ID', idOf(link, 'ToUnitID')],
    ['To Space ID', idOf(link, 'ToSpaceID')],
  ],
};
