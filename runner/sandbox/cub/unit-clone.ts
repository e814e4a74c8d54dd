/** `cub unit create` without a name: clones of the units that `--where` or `--unit` selects. */
import type { Entity, Invocation } from './cub.ts';
import { ZERO_ID, idOf } from './entity.ts';
import { Failure } from './failure.ts';
import { targetKind } from './kind/target.ts';
import { unitKind } from './kind/unit.ts';
import { findEntity } from './lookup.ts';
import { buildPatch, checkSources } from './model.ts';
import { reportUnits } from './units.ts';
import { whereInSpace, whereNamed } from './where.ts';

export async function cloneUnits(call: Invocation): Promise<void> {
  refuse(call);
  const names = call.flags.list('unit');
  const spaces = call.flags.list('dest-space');
  const chosen = names.length > 0 ? whereNamed(names, 'UnitID') : call.flags.text('where');
  const { status, value } = await call.hub.ask({
    method: 'POST',
    path: '/unit',
    query: {
      where: whereInSpace(chosen, call.space.id),
      include: unitKind.include,
      name_prefixes: call.flags.list('name-prefix').join(','),
      where_space: call.flags.text('where-space') || (spaces.length > 0 ? whereNamed(spaces, 'SpaceID') : ''),
    },
    body: await buildPatch(call, await targetPatch(call)),
    contentType: 'application/merge-patch+json',
  });
  await reportUnits(call, { verb: 'create', source: '', status, value });
}

function refuse(call: Invocation): void {
  const named = call.flags.list('unit').length > 0;
  const where = call.flags.text('where');
  const listed = call.flags.list('dest-space').length > 0;
  const whereSpace = call.flags.text('where-space');
  if (where === '' && !named) throw new Failure('bulk create mode requires --where or --unit flags');
  if (named && where !== '') throw new Failure('--unit and --where flags are mutually exclusive');
  if (listed && whereSpace !== '')
    throw new Failure('--dest-space and --where-space flags are mutually exclusive');
  if (!listed && whereSpace === '' && call.flags.list('name-prefix').length === 0)
    throw new Failure(
      'bulk create mode requires at least one of --dest-space, --where-space, or --name-prefix',
    );
  const single = ['upstream-unit', 'upstream-space', 'import'].some((flag) => call.flags.text(flag) !== '');
  if (single || call.flags.text('toolchain') !== 'Kubernetes/YAML')
    throw new Failure(
      '--upstream-unit, --upstream-space, --import, and --toolchain flags cannot be used in bulk create mode',
    );
  checkSources(call);
}

async function targetPatch(call: Invocation): Promise<Entity> {
  const target = call.flags.text('target');
  if (target === '') return {};
  return {
    TargetID: target === '-' ? ZERO_ID : idOf(await findEntity(call, targetKind, target), 'TargetID'),
  };
}
