/** Sets: groups of units. */
import { partOf, textOf } from '../entity.ts';
import type { Kind } from '../kind.ts';
import { commonRows } from './details.ts';

export const setKind: Kind = {
  word: 'set',
  segment: 'set',
  shape: 'Set',
  id: 'SetID',
  include: '',
  flag: 'set',
  missingIn: 'slug',
  columns: ['Set.Slug', 'Space.Slug'],
  header: ['Name', 'Space'],
  row: (item, call) => [textOf(partOf(item, 'Set'), 'Slug'), call.space.slug],
  details: (set) => commonRows(set, 'SetID'),
  listsBare: true,
};
