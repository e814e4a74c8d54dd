/** Units: their list has chosen columns (columns.ts), their details depend on what is set. */
import type { Entity } from '../cub.ts';
import { flagOf, idOf, numberOf, optionalIdOf, partOf, partsOf, sortedEntries, textOf } from '../entity.ts';
import type { Kind } from '../kind.ts';
import { ownerRows, rowIf, timeRows } from './details.ts';
import type { Rows } from './details.ts';

export const unitKind: Kind = {
  word: 'unit',
  segment: 'unit',
  shape: 'Unit',
  id: 'UnitID',
  include: 'UnitEventID,TargetID,UpstreamUnitID,SpaceID',
  flag: 'unit',
  missingIn: 'id',
  columns: [
    'Unit.Slug',
    'Space.Slug',
    'Target.Slug',
    'UnitStatus.Status',
    'UnitStatus.LastAction',
    'UpgradeNeeded',
    'UnappliedChanges',
    'Unit.ApplyGates',
    'Unit.LastChangeDescription',
  ],
  header: [],
  row: () => [],
  details: (unit) => [
    ['ID', idOf(unit, 'UnitID')],
    ['Name', textOf(unit, 'Slug')],
    ['Toolchain Type', textOf(unit, 'ToolchainType')],
    ...rowIf('Set', optionalIdOf(unit, 'SetID')),
    ...rowIf('Changeset', optionalIdOf(unit, 'ChangeSetID')),
    ...rowIf('Target', optionalIdOf(unit, 'TargetID')),
    ...timeRows(unit),
    ...ownerRows(unit),
    ['Last Change Description', textOf(unit, 'LastChangeDescription')],
    ...numberRows(unit, [
      'HeadRevisionNum',
      'LastAppliedRevisionNum',
      'LiveRevisionNum',
      'PreviousLiveRevisionNum',
    ]),
    ...upstreamRows(unit),
    ...rowIf('Apply Gates', gatesOf(unit)),
    ...rowIf('Approved By', approversOf(unit)),
    ...numberRows(unit, ['HeadMutationNum']),
    ['Number of Resources', String(countResources(unit))],
  ],
};

/** `HeadRevisionNum` is shown as `Head Revision Num`. */
function numberRows(unit: Entity, fields: readonly string[]): Rows {
  return fields.map((field) => [
    field.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' '),
    String(numberOf(unit, field)),
  ]);
}

function upstreamRows(unit: Entity): Rows {
  if (optionalIdOf(unit, 'UpstreamUnitID') === '') return [];
  return [
    ['Upstream Organization ID', idOf(unit, 'UpstreamOrganizationID')],
    ['Upstream Space ID', idOf(unit, 'UpstreamSpaceID')],
    ['Upstream Unit ID', idOf(unit, 'UpstreamUnitID')],
    ...numberRows(unit, ['UpstreamRevisionNum']),
  ];
}

/** The gates that are closed, separated by blanks. */
export function gatesOf(entity: Entity): string {
  const gates = partOf(entity, 'ApplyGates');
  return sortedEntries(gates)
    .filter(([gate]) => flagOf(gates, gate))
    .map(([gate]) => gate)
    .join(' ');
}

function approversOf(unit: Entity): string {
  const approvers = unit['ApprovedBy'];
  return Array.isArray(approvers) ? approvers.map(String).join(' ') : '';
}

/** Resources of the configuration, by what is known of their changes. */
function countResources(unit: Entity): number {
  const types = partsOf(unit, 'MutationSources').map((source) =>
    textOf(partOf(source, 'ResourceMutationInfo'), 'MutationType'),
  );
  return types.filter((type) => type !== 'Delete').length;
}
