/** `cub space update`: labels and other fields of one space or, with `--patch`, of several. */
import type { Entity, Invocation } from '../cub.ts';
import { entityOf, idOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { findSpace } from '../lookup.ts';
import {
  addLabels,
  buildPatch,
  checkLabelRemoval,
  checkSources,
  encodeEntity,
  overlay,
  readEntity,
  readsEntity,
} from '../model.ts';
import { drawDetails, showChanged } from '../print.ts';
import { reportSpaces, spaceRows } from '../space.ts';
import { whereNamed } from '../where.ts';

export async function run(call: Invocation): Promise<void> {
  const several = call.flags.on('patch') && call.args.length === 0;
  refuse(call, several);
  if (several) return patchSpaces(call);
  if (call.args.length === 0) throw new Failure('space identifier is required for single space update');
  const [name = ''] = call.args;
  const current = await findSpace(call, name);
  const id = idOf(current, 'SpaceID');
  const patch = call.flags.on('patch');
  const { value } = await call.hub.ask({
    method: patch ? 'PATCH' : 'PUT',
    path: `/space/${id}`,
    body: encodeEntity('Space', await changed(call, current)),
    ...(patch ? { contentType: 'application/merge-patch+json' } : {}),
  });
  const item = entityOf(value);
  const draw = (): string => drawDetails(spaceRows(item));
  await showChanged(call, {
    verb: 'updated',
    word: 'space',
    name,
    id: 'SpaceID',
    shape: 'Space',
    item,
    draw,
  });
}

/** The whole space, what was read merged over it (or in its place), the labels added. */
async function changed(call: Invocation, current: Entity): Promise<Entity> {
  if (!readsEntity(call)) return addLabels(call, current);
  const base = call.flags.on('replace') ? { Version: current['Version'] } : current;
  const { OrganizationID, SpaceID } = current;
  return addLabels(call, { ...overlay(base, await readEntity(call, 'Space')), OrganizationID, SpaceID });
}

function refuse(call: Invocation, several: boolean): void {
  const names = call.flags.list('space');
  const where = call.flags.text('where');
  checkLabelRemoval(call);
  if (!several && (where !== '' || names.length > 0))
    throw new Failure(
      '--where or --space can only be specified with --patch and no space positional argument',
    );
  if (where !== '' && names.length > 0) throw new Failure('--space and --where flags are mutually exclusive');
  if (call.flags.on('patch') && call.flags.on('replace'))
    throw new Failure('only one of --patch and --replace should be specified');
  if (several && where === '' && names.length === 0)
    throw new Failure('bulk patch mode requires --where or --space flags');
  checkSources(call);
}

async function patchSpaces(call: Invocation): Promise<void> {
  const names = call.flags.list('space');
  const patch = entityOf(JSON.parse(await buildPatch(call)));
  const kept = Object.entries(patch).filter(([field]) => field !== 'SpaceID' && field !== 'OrganizationID');
  const { status, value } = await call.hub.ask({
    method: 'PATCH',
    path: '/_space',
    query: {
      where: names.length > 0 ? whereNamed(names, 'SpaceID') : call.flags.text('where'),
      include: 'OrganizationID',
    },
    body: kept.length === 0 ? 'null' : JSON.stringify(Object.fromEntries(kept)),
    contentType: 'application/merge-patch+json',
  });
  reportSpaces(call, 'patch', status, value);
}
