/** Tags: marks on revisions. */
import { partOf, textOf } from '../entity.ts';
import { shortTime } from '../go-time.ts';
import type { Kind } from '../kind.ts';
import { commonRows, spaceSlugOf } from './details.ts';

export const tagKind: Kind = {
  word: 'tag',
  segment: 'tag',
  shape: 'Tag',
  id: 'TagID',
  include: 'SpaceID',
  flag: 'tag',
  missingIn: 'slug',
  columns: ['Tag.Slug', 'Space.Slug', 'Tag.DisplayName', 'Tag.CreatedAt'],
  header: ['Name', 'Space', 'Display-Name', 'Created-At'],
  row: (item, call) => {
    const tag = partOf(item, 'Tag');
    return [
      textOf(tag, 'Slug'),
      spaceSlugOf(item, call, textOf(tag, 'TagID')),
      textOf(tag, 'DisplayName'),
      shortTime(textOf(tag, 'CreatedAt')),
    ];
  },
  details: (tag) => commonRows(tag, 'TagID', { displayName: true }),
};
