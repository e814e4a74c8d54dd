/** `cub unit tree`: units below those that they were cloned from, or that they are linked to. */
import type { Entity, Invocation } from '../cub.ts';
import { idOf, optionalIdOf, partOf, textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { linkKind } from '../kind/link.ts';
import { listEntities } from '../lookup.ts';
import { showList } from '../print.ts';
import { drawUnits } from '../units.ts';
import { listUnits } from './unit-list.ts';

const DEFAULT_COLUMNS = ['Name', 'Space.Slug', 'UnitStatus.Status', 'UpgradeNeeded', 'UnappliedChanges'];

/** Ids of the units that a unit hangs below. */
type Parents = ReadonlyMap<string, readonly string[]>;

export async function run(call: Invocation): Promise<void> {
  const node = call.flags.text('node');
  if (node !== 'unit' && node !== 'space') throw new Failure(`--node must be unit or space, not ${node}`);
  const items = (await listUnits(call, '')).toSorted(byPlace);
  const parents = await findParents(call, items);
  const nodes = drawNodes(items, parents, (item) =>
    textOf(partOf(item, node === 'unit' ? 'Unit' : 'Space'), 'Slug'),
  );
  const columns = call.flags.text('columns') === '' ? DEFAULT_COLUMNS : undefined;
  await showList(call, 'ExtendedUnit', items, {
    name: (item) => textOf(partOf(item, 'Unit'), 'Slug'),
    draw: () =>
      drawUnits(
        call,
        nodes.map(({ item }) => item),
        { columns, first: { title: 'Node', cells: nodes.map(({ label }) => label) } },
      ),
  });
}

function byPlace(a: Entity, b: Entity): number {
  const place = (item: Entity): string =>
    `${textOf(partOf(item, 'Space'), 'Slug')}/${textOf(partOf(item, 'Unit'), 'Slug')}`;
  return place(a) < place(b) ? -1 : Number(place(a) > place(b));
}

async function findParents(call: Invocation, items: readonly Entity[]): Promise<Parents> {
  const edge = call.flags.text('edge');
  if (edge === 'clone')
    return new Map(
      items.map(({ Unit }) => [
        idOf(Unit as Entity, 'UnitID'),
        [optionalIdOf(Unit as Entity, 'UpstreamUnitID')],
      ]),
    );
  if (edge !== 'link') throw new Failure(`--edge must be clone or link, not ${edge}`);
  const parents = new Map<string, string[]>();
  for (const item of await listEntities(call, linkKind, call.space.id, {})) {
    const link = partOf(item, 'Link');
    const from = idOf(link, 'FromUnitID');
    parents.set(from, [...(parents.get(from) ?? []), idOf(link, 'ToUnitID')]);
  }
  return parents;
}

interface Node {
  readonly item: Entity;
  readonly label: string;
}

/** A unit whose parents are not shown is a root. A unit that is its own ancestor is shown once per path. */
function drawNodes(items: readonly Entity[], parents: Parents, name: (item: Entity) => string): Node[] {
  const idOfItem = (item: Entity): string => idOf(partOf(item, 'Unit'), 'UnitID');
  const known = new Set(items.map(idOfItem));
  const shownParents = (item: Entity): readonly string[] =>
    (parents.get(idOfItem(item)) ?? []).filter((id) => known.has(id) && id !== idOfItem(item));
  const nodes: Node[] = [];
  const draw = (level: readonly Entity[], indent: string, path: readonly string[]): void => {
    for (const [at, item] of level.entries()) {
      const id = idOfItem(item);
      const isLast = at === level.length - 1;
      nodes.push({ item, label: `${indent}${isLast ? '└──' : '├──'} ${name(item)}` });
      const children = items.filter((child) => shownParents(child).includes(id));
      if (!path.includes(id)) draw(children, `${indent}${isLast ? '    ' : '│   '}`, [...path, id]);
    }
  };
  draw(
    items.filter((item) => shownParents(item).length === 0),
    '',
    [],
  );
  return nodes;
}
