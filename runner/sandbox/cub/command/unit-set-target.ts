/** `cub unit set-target`: of one unit, or of those of `--where` or `--unit`. */
import type { Entity, Invocation } from '../cub.ts';
import { ZERO_ID, entitiesOf, entityOf, hasPart, idOf, partOf, textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { targetKind } from '../kind/target.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity } from '../lookup.ts';
import { say, showData } from '../print.ts';
import { drawUnit } from '../unit-view.ts';
import { whereInSpace, whereNamed } from '../where.ts';

const MERGE_PATCH = 'application/merge-patch+json';

export async function run(call: Invocation): Promise<void> {
  const [first = '', target] = call.args;
  if (target === undefined) return setSeveral(call, first);
  const unit = await findEntity(call, unitKind, first);
  const { value } = await call.hub.ask({
    method: 'PATCH',
    path: `/space/${call.space.id}/unit/${idOf(unit, 'UnitID')}`,
    body: await targetPatch(call, target),
    contentType: MERGE_PATCH,
  });
  const item = entityOf(value);
  say(call, `Successfully set target of unit ${first} (${idOf(item, 'UnitID')})`);
  if (call.flags.on('verbose')) call.around.out(drawUnit(call, item));
  await showData(call, 'Unit', item);
}

/** `-` clears the target. */
async function targetPatch(call: Invocation, target: string): Promise<string> {
  const id = target === '-' ? ZERO_ID : idOf(await findEntity(call, targetKind, target), 'TargetID');
  return JSON.stringify({ TargetID: id });
}

async function setSeveral(call: Invocation, target: string): Promise<void> {
  const names = call.flags.list('unit');
  const where = call.flags.text('where');
  if (names.length > 0 && where !== '') throw new Failure('--unit and --where flags are mutually exclusive');
  const chosen = names.length > 0 ? whereNamed(names, 'UnitID') : where;
  const { status, value } = await call.hub.ask({
    method: 'PATCH',
    path: '/unit',
    query: { where: whereInSpace(chosen, call.space.id), include: unitKind.include },
    body: await targetPatch(call, target),
    contentType: MERGE_PATCH,
  });
  const results = entitiesOf(value);
  for (const result of results) announce(call, result);
  const failed = results.filter((result) => hasPart(result, 'Error')).length;
  const done = results.length - failed;
  const mixed = `with mixed results: ${done} succeeded, ${failed} failed out of ${results.length} total`;
  say(call, `Bulk operation completed ${status === 207 ? mixed : `successfully: ${done} units updated`}`);
  await showData(call, '[]UnitCreateOrUpdateResponse', value);
  if (failed > 0 && done === 0) throw new Failure('all bulk operations failed');
}

function announce(call: Invocation, result: Entity): void {
  const unit = partOf(result, 'Unit');
  const name = `${textOf(unit, 'Slug')} (${idOf(unit, 'UnitID')})`;
  if (hasPart(result, 'Error')) {
    const message = textOf(partOf(result, 'Error'), 'Message');
    say(
      call,
      hasPart(result, 'Unit')
        ? `ERROR: Failed to set target for unit ${name}: ${message}`
        : `ERROR: ${message}`,
    );
  } else if (hasPart(result, 'Unit')) {
    say(call, `Successfully set target of unit ${name}`);
    if (call.flags.on('verbose')) call.around.out(drawUnit(call, unit));
  }
}
