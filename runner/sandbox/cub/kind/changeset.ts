/** Changesets: one change over several units. */
import { optionalIdOf, partOf, textOf } from '../entity.ts';
import type { Kind } from '../kind.ts';
import { commonRows, rowIf, shorten, spaceSlugOf } from './details.ts';

export const changesetKind: Kind = {
  word: 'changeset',
  segment: 'change_set',
  shape: 'ChangeSet',
  id: 'ChangeSetID',
  include: 'SpaceID,FilterID,StartTagID,EndTagID',
  flag: 'changeset',
  missingIn: 'slug',
  columns: [
    'ChangeSet.Slug',
    'Space.Slug',
    'Filter.Slug',
    'StartTag.Slug',
    'EndTag.Slug',
    'ChangeSet.Description',
  ],
  header: ['Name', 'Space', 'Filter', 'Start-Tag', 'End-Tag', 'Description'],
  row: (item, call) => {
    const changeset = partOf(item, 'ChangeSet');
    return [
      textOf(changeset, 'Slug'),
      spaceSlugOf(item, call, textOf(changeset, 'ChangeSetID')),
      textOf(partOf(item, 'Filter'), 'Slug'),
      textOf(partOf(item, 'StartTag'), 'Slug'),
      textOf(partOf(item, 'EndTag'), 'Slug'),
      shorten(textOf(changeset, 'Description'), 50),
    ];
  },
  details: (changeset) => [
    ...commonRows(changeset, 'ChangeSetID', { displayName: true }),
    ...rowIf('Filter ID', optionalIdOf(changeset, 'FilterID')),
    ...rowIf('Start Tag ID', optionalIdOf(changeset, 'StartTagID')),
    ...rowIf('End Tag ID', optionalIdOf(changeset, 'EndTagID')),
    ...rowIf('Description', textOf(changeset, 'Description')),
  ],
};
