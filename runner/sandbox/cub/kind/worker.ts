/** Workers, whose entity is called BridgeWorker. */
import { idOf, partOf, textOf } from '../entity.ts';
import { describeTime, isZeroTime, shortTime } from '../go-time.ts';
import type { Kind } from '../kind.ts';
import { spaceSlugOf, timeRows } from './details.ts';

export const workerKind: Kind = {
  word: 'bridgeworker',
  deletedWord: 'bridge_worker',
  segment: 'bridge_worker',
  shape: 'BridgeWorker',
  id: 'BridgeWorkerID',
  include: 'SpaceID',
  flag: 'worker',
  nameAttribute: 'Name',
  missingIn: 'id',
  columns: ['BridgeWorker.Slug', 'BridgeWorker.Condition', 'Space.Slug', 'BridgeWorker.LastSeenAt'],
  base: ['Slug', 'BridgeWorkerID', 'SpaceID', 'OrganizationID', 'Secret'],
  header: ['Name', 'Condition', 'Space', 'Last-Seen'],
  row: (item, call) => {
    const worker = partOf(item, 'BridgeWorker');
    const seen = textOf(worker, 'LastSeenAt');
    return [
      textOf(worker, 'Slug'),
      textOf(worker, 'Condition'),
      spaceSlugOf(item, call, ''),
      shortTime(isZeroTime(seen) ? textOf(worker, 'CreatedAt') : seen),
    ];
  },
  details: (worker) => [
    ['ID', idOf(worker, 'BridgeWorkerID')],
    ['Name', textOf(worker, 'Slug')],
    ['Space ID', idOf(worker, 'SpaceID')],
    ...timeRows(worker),
    ['Secret', textOf(worker, 'Secret')],
    ['Condition', textOf(worker, 'Condition')],
    ['Last Message', textOf(worker, 'LastMessage')],
    ['Last Seen At', describeTime(textOf(worker, 'LastSeenAt'))],
    ['IP Address', textOf(worker, 'IPAddress')],
  ],
};
