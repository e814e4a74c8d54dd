/** `cub unit import`: has a worker read live objects into a unit. */
import { readContent } from '../content.ts';
import type { Entity, Invocation } from '../cub.ts';
import { entityOf, idOf } from '../entity.ts';
import { Failure, messageOf } from '../failure.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity } from '../lookup.ts';
import { awaitOperation } from '../operations.ts';

export async function run(call: Invocation): Promise<void> {
  const [name = '', file] = call.args;
  const unit = await findEntity(call, unitKind, name);
  const path = `/space/${call.space.id}/unit/${idOf(unit, 'UnitID')}/import`;
  const body = JSON.stringify(await describeImport(call, file));
  const operation = entityOf((await call.hub.ask({ method: 'POST', path, body })).value);
  if (call.flags.on('wait')) await awaitOperation(call, operation);
}

/** The objects of a file, or those of `--where`. */
async function describeImport(call: Invocation, file: string | undefined): Promise<Entity> {
  const where = call.flags.text('where');
  if (file === undefined) return where === '' ? {} : { Where: where };
  const text = (await readContent(call, file)).toString('utf8');
  try {
    return { ResourceInfoList: JSON.parse(text) };
  } catch (error) {
    throw new Failure(messageOf(error), { cause: error });
  }
}
