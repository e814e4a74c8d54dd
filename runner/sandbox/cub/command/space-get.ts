/** `cub space get`: details and counters. */
import type { Entity, Invocation } from '../cub.ts';
import { entityOf, idOf, numberOf, partOf } from '../entity.ts';
import type { Rows } from '../kind/details.ts';
import { findSpace, getSelection } from '../lookup.ts';
import { drawDetails, showOne } from '../print.ts';
import { spaceRows, sumOf } from '../space.ts';

const COUNTERS = [
  ['# Units', 'TotalUnitCount'],
  ['# Unapplied Units', 'UnappliedUnitCount'],
  ['# Unapproved Units', 'UnapprovedUnitCount'],
  ['# Gated Units', 'GatedUnitCount'],
  ['# Upgradable Units', 'UpgradableUnitCount'],
  ['# Unlinked Units', 'UnlinkedUnitCount'],
  ['# Recently Changed Units', 'RecentChangeUnitCount'],
  ['# Incomplete Applies', 'IncompleteApplyUnitCount'],
  ['# Workers', 'TotalBridgeWorkerCount'],
] as const;

export async function run(call: Invocation): Promise<void> {
  const select = getSelection(call);
  const found = await findSpace(call, call.args[0] ?? '', select);
  const path = `/space/${idOf(found, 'SpaceID')}`;
  const { value } = await call.hub.ask({ method: 'GET', path, query: { summary: 'true', select } });
  const item = entityOf(value);
  await showOne(call, 'ExtendedSpace', item, () => drawDetails(rowsOf(item)));
}

function rowsOf(item: Entity): Rows {
  return [
    ...spaceRows(partOf(item, 'Space')),
    ...COUNTERS.map(([label, field]) => [label, String(numberOf(item, field))] as const),
    ['# Targets', String(sumOf(item, 'TargetCountByToolchainType'))],
    ['# Triggers', String(sumOf(item, 'TriggerCountByEventType'))],
  ];
}
