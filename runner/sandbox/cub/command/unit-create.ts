/** `cub unit create`: from a file or stdin, as a clone of one unit, or clones of several. */
import { readContent } from '../content.ts';
import { createOnce } from '../create-once.ts';
import type { Entity, Invocation } from '../cub.ts';
import { idOf } from '../entity.ts';
import { Failure, messageOf } from '../failure.ts';
import { targetKind } from '../kind/target.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity, findSpace } from '../lookup.ts';
import { addLabels, checkSources, encodeEntity, readEntity } from '../model.ts';
import { showChanged } from '../print.ts';
import { makeSlug } from '../slug.ts';
import { cloneUnits } from '../unit-clone.ts';
import { drawUnit } from '../unit-view.ts';
import { awaitTriggers } from '../units.ts';

export async function run(call: Invocation): Promise<void> {
  const several =
    ['where', 'where-space'].some((flag) => call.flags.text(flag) !== '') ||
    ['unit', 'dest-space', 'name-prefix'].some((flag) => call.flags.list(flag).length > 0);
  if (call.args.length === 0 && several) return cloneUnits(call);
  refuse(call, several);
  const [name = ''] = call.args;
  const { unit, query } = await describeUnit(call, name);
  const path = `/space/${call.space.id}/unit`;
  const request = { method: 'POST', path, query, body: encodeEntity('Unit', unit) } as const;
  const item = await createOnce(call, request, () => findEntity(call, unitKind, makeSlug(name)));
  if (call.flags.on('wait')) await awaitTriggers(call, item);
  const draw = (): string => drawUnit(call, item);
  await showChanged(call, { verb: 'created', word: 'unit', name, id: 'UnitID', shape: 'Unit', item, draw });
}

function refuse(call: Invocation, several: boolean): void {
  if (call.args.length === 0) throw new Failure('unit name is required for single unit creation');
  if (several)
    throw new Failure(
      'bulk create flags (--where, --unit, --dest-space, --where-space, --name-prefix) can only be used without positional arguments',
    );
  if (call.args[1] === '-' && call.flags.on('from-stdin'))
    throw new Failure("can't read both entity attributes and config data from stdin");
  if (call.space.id === '*') throw new Failure("--space must not be '*' when not performing bulk operations");
  checkSources(call);
}

interface Described {
  readonly unit: Entity;
  readonly query: Readonly<Record<string, string>>;
}

async function describeUnit(call: Invocation, name: string): Promise<Described> {
  const read = await readEntity(call, 'Unit');
  const data = await readData(call);
  const labelled = addLabels(call, read);
  const query = await findUpstream(call);
  const target = call.flags.text('target');
  const targetFields =
    target === '' ? {} : { TargetID: idOf(await findEntity(call, targetKind, target), 'TargetID') };
  const unit = {
    ...labelled,
    ...data,
    ...targetFields,
    SpaceID: call.space.id,
    Slug: makeSlug(name),
    ToolchainType: call.flags.text('toolchain'),
  };
  return { unit, query };
}

async function readData(call: Invocation): Promise<Entity> {
  const source = call.args[1];
  if (source === undefined) return {};
  if (call.flags.text('upstream-unit') !== '')
    throw new Failure("shouldn't specify both an upstream to clone and config data");
  try {
    return { Data: (await readContent(call, source)).toString('base64') };
  } catch (error) {
    throw new Failure(`failed to read config: ${messageOf(error)}`, { cause: error });
  }
}

async function findUpstream(call: Invocation): Promise<Readonly<Record<string, string>>> {
  const spaceName = call.flags.text('upstream-space');
  const unitName = call.flags.text('upstream-unit');
  const spaceId = spaceName === '' ? call.space.id : idOf(await findSpace(call, spaceName), 'SpaceID');
  if (unitName === '') return {};
  const unit = await findEntity(call, unitKind, unitName, spaceId);
  return { upstream_space_id: spaceId, upstream_unit_id: idOf(unit, 'UnitID') };
}
