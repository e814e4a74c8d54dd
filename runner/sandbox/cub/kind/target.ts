/** Targets: where units are deployed. */
import { partOf, textOf } from '../entity.ts';
import type { Kind } from '../kind.ts';
import { commonRows } from './details.ts';

export const targetKind: Kind = {
  word: 'target',
  segment: 'target',
  shape: 'Target',
  id: 'TargetID',
  include: 'SpaceID,BridgeWorkerID',
  flag: 'target',
  missingIn: 'id',
  columns: ['Target.Slug', 'BridgeWorker.Slug', 'Target.ProviderType', 'Target.Parameters', 'Space.Slug'],
  base: ['Slug', 'TargetID', 'BridgeWorkerID', 'SpaceID', 'OrganizationID'],
  header: ['Name', 'Worker', 'ProviderType', 'Parameters', 'Space'],
  row: (item) => [
    textOf(partOf(item, 'Target'), 'Slug'),
    textOf(partOf(item, 'BridgeWorker'), 'Slug'),
    textOf(partOf(item, 'Target'), 'ProviderType'),
    textOf(partOf(item, 'Target'), 'Parameters'),
    textOf(partOf(item, 'Space'), 'Slug'),
  ],
  details: (target) => commonRows(target, 'TargetID'),
  showsExtended: true,
};
