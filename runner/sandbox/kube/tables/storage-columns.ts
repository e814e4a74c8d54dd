/** The tables of storage: claims, volumes, classes. */
import type { KubeObject } from '../kube.ts';
import { objectAt, textAt, textsAt, valueAt } from '../schema/read-json.ts';
import { ageColumn, column, nameColumn, orNone, wideColumn } from './column.ts';
import type { Column } from './column.ts';

const shortModes: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

function modesAt(object: KubeObject, part: string): string {
  const held = textsAt(object, part, 'accessModes');
  return Object.entries(shortModes)
    .filter(([mode]) => held.includes(mode))
    .map(([, short]) => short)
    .join(',');
}

const isBound = (claim: KubeObject): boolean => textAt(claim, 'spec', 'volumeName') !== '';

const phaseColumn = column('Status', 'Phase of its life.', (object) =>
  object.metadata.deletionTimestamp === undefined ? textAt(object, 'status', 'phase') : 'Terminating',
);
const classColumn = column('StorageClass', 'Class of its storage.', (object) =>
  textAt(object, 'spec', 'storageClassName'),
);
const attributesColumn = column('VolumeAttributesClass', 'Class of its attributes.', (object) =>
  orNone(textAt(object, 'spec', 'volumeAttributesClassName'), '<unset>'),
);
const volumeModeColumn = wideColumn('VolumeMode', 'File system or block device.', (object) =>
  orNone(textAt(object, 'spec', 'volumeMode'), '<unset>'),
);

export const claimColumns: readonly Column[] = [
  nameColumn,
  phaseColumn,
  column('Volume', 'Volume that it is bound to.', (claim) => textAt(claim, 'spec', 'volumeName')),
  column('Capacity', 'What it got.', (claim) =>
    isBound(claim) ? orNone(textAt(claim, 'status', 'capacity', 'storage'), '0') : '',
  ),
  column('Access Modes', 'How it may be used.', (claim) => (isBound(claim) ? modesAt(claim, 'status') : '')),
  classColumn,
  attributesColumn,
  ageColumn,
  volumeModeColumn,
];

export const volumeColumns: readonly Column[] = [
  nameColumn,
  column('Capacity', 'How much it holds.', (volume) => textAt(volume, 'spec', 'capacity', 'storage')),
  column('Access Modes', 'How it may be used.', (volume) => modesAt(volume, 'spec')),
  column('Reclaim Policy', 'What becomes of it after its claim.', (volume) =>
    textAt(volume, 'spec', 'persistentVolumeReclaimPolicy'),
  ),
  phaseColumn,
  column('Claim', 'Claim that it is bound to.', (volume) => {
    const claim = objectAt(volume, 'spec', 'claimRef');
    return textAt(claim, 'name') === '' ? '' : `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}`;
  }),
  classColumn,
  attributesColumn,
  column('Reason', 'Why it is in its phase.', (volume) => textAt(volume, 'status', 'reason')),
  ageColumn,
  volumeModeColumn,
];

const defaultClass = 'storageclass.kubernetes.io/is-default-class';

export const storageClassColumns: readonly Column[] = [
  {
    ...nameColumn,
    cell: ({ metadata }) =>
      `${metadata.name}${metadata.annotations?.[defaultClass] === 'true' ? ' (default)' : ''}`,
  },
  column('Provisioner', 'Who makes volumes.', (object) => textAt(object, 'provisioner')),
  column('ReclaimPolicy', 'What becomes of them.', (object) => textAt(object, 'reclaimPolicy')),
  column('VolumeBindingMode', 'When they are made.', (object) => textAt(object, 'volumeBindingMode')),
  column('AllowVolumeExpansion', 'Whether they may grow.', (object) =>
    String(valueAt(object, 'allowVolumeExpansion') === true),
  ),
  ageColumn,
];
