/** `cub space list`, with the counters of each space. */
import type { Entity, Invocation } from '../cub.ts';
import { entitiesOf, hasPart, numberOf, partOf, textOf } from '../entity.ts';
import { getSelection } from '../lookup.ts';
import { headerOf, showList } from '../print.ts';
import { spaceFields, sumOf } from '../space.ts';
import { drawTable } from '../table.ts';

const HEADER = [
  'Name',
  'Environment',
  '#Units',
  '#Gated',
  '#Upgradable',
  '#Workers',
  '#Targets',
  '#Triggers',
];

export async function run(call: Invocation): Promise<void> {
  const query = {
    where: call.flags.text('where'),
    contains: call.flags.text('contains'),
    select: call.flags.text('select') === '' ? spaceFields() : getSelection(call),
    summary: 'true',
  };
  const { value } = await call.hub.ask({ method: 'GET', path: '/space', query });
  const spaces = entitiesOf(value).filter((item) => hasPart(item, 'Space'));
  await showList(call, 'ExtendedSpace', spaces, {
    name: (item) => textOf(partOf(item, 'Space'), 'Slug'),
    draw: () => drawTable(headerOf(call, HEADER), spaces.map(rowOf)),
  });
}

function rowOf(item: Entity): readonly string[] {
  const space = partOf(item, 'Space');
  const counts = ['TotalUnitCount', 'GatedUnitCount', 'UpgradableUnitCount', 'TotalBridgeWorkerCount'];
  return [
    textOf(space, 'Slug'),
    textOf(partOf(space, 'Labels'), 'Environment'),
    ...counts.map((field) => String(numberOf(item, field))),
    String(sumOf(item, 'TargetCountByToolchainType')),
    String(sumOf(item, 'TriggerCountByEventType')),
  ];
}
