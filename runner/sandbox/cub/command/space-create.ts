/** `cub space create`: one space, or clones of several under new names. */
import { createOnce } from '../create-once.ts';
import type { Invocation } from '../cub.ts';
import { Failure } from '../failure.ts';
import { findSpace } from '../lookup.ts';
import { addLabels, buildPatch, checkSources, encodeEntity, readEntity } from '../model.ts';
import { drawDetails, showChanged } from '../print.ts';
import { makeSlug } from '../slug.ts';
import { reportSpaces, spaceRows } from '../space.ts';
import { whereNamed } from '../where.ts';

export async function run(call: Invocation): Promise<void> {
  const names = call.flags.list('space');
  const prefixes = call.flags.list('name-prefix');
  const where = call.flags.text('where');
  const several = where !== '' || names.length > 0 || prefixes.length > 0;
  if (call.args.length === 0 && several) return cloneSpaces(call);
  if (call.args.length === 0) throw new Failure('space name is required for single space creation');
  if (several)
    throw new Failure(
      'bulk create flags (--where, --space, --name-prefix) can only be used without positional arguments',
    );
  checkSources(call);
  const [name = ''] = call.args;
  const space = { ...addLabels(call, await readEntity(call, 'Space')), Slug: makeSlug(name) };
  const request = { method: 'POST', path: '/space', body: encodeEntity('Space', space) } as const;
  const item = await createOnce(call, request, () => findSpace(call, space.Slug));
  const draw = (): string => drawDetails(spaceRows(item));
  await showChanged(call, {
    verb: 'created',
    word: 'space',
    name,
    id: 'SpaceID',
    shape: 'Space',
    item,
    draw,
  });
}

async function cloneSpaces(call: Invocation): Promise<void> {
  const names = call.flags.list('space');
  const where = call.flags.text('where');
  if (where === '' && names.length === 0)
    throw new Failure('bulk create mode requires --where or --space flags');
  if (where !== '' && names.length > 0) throw new Failure('--space and --where flags are mutually exclusive');
  if (call.flags.list('name-prefix').length === 0)
    throw new Failure('bulk create mode requires --name-prefix');
  checkSources(call);
  const { status, value } = await call.hub.ask({
    method: 'POST',
    path: '/_space',
    query: {
      where: names.length > 0 ? whereNamed(names, 'SpaceID') : where,
      include: 'OrganizationID',
      name_prefixes: call.flags.list('name-prefix').join(','),
    },
    body: await buildPatch(call),
    contentType: 'application/merge-patch+json',
  });
  reportSpaces(call, 'create', status, value);
}
