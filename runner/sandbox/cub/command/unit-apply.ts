/** `cub unit apply`: one unit, or those of `--where` or `--unit`. The bulk form succeeds whatever becomes of the units. */
import type { Entity, Invocation } from '../cub.ts';
import { entitiesOf, hasPart, idOf, partOf, textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { unitKind } from '../kind/unit.ts';
import { getExtended } from '../lookup.ts';
import { awaitOperation, startOperation } from '../operations.ts';
import { say, showData } from '../print.ts';
import { filterQuery, revisionQuery } from '../reference.ts';
import { whereInSpace, whereNamed } from '../where.ts';

export async function run(call: Invocation): Promise<void> {
  const names = call.flags.list('unit');
  const where = call.flags.text('where');
  const [name] = call.args;
  if (name === undefined) return applySeveral(call, names, where);
  if (where !== '' || names.length > 0 || call.flags.text('filter') !== '')
    throw new Failure('invalid arguments: use either a single unit slug, --unit flag, or --where flag');
  await showData(call, 'QueuedOperation', await startOperation(call, 'apply', name));
}

async function applySeveral(call: Invocation, names: readonly string[], where: string): Promise<void> {
  if (names.length > 0 && where !== '') throw new Failure('--unit and --where flags are mutually exclusive');
  const filter = await filterQuery(call);
  if (names.length === 0 && where === '' && filter['filter'] === undefined)
    throw new Failure('either --unit or --where flag is required for bulk apply');
  const { value } = await call.hub.ask({
    method: 'POST',
    path: '/unit/apply',
    query: {
      where: whereInSpace(names.length > 0 ? whereNamed(names, 'UnitID') : where, call.space.id),
      include: unitKind.include,
      dry_run: call.flags.on('dry-run') ? 'true' : '',
      ...filter,
      ...(await revisionQuery(call)),
    },
    readable: [422],
  });
  const results = entitiesOf(value);
  if (results.length > 0) await report(call, results);
  else if (!call.flags.on('quiet')) say(call, 'No units found matching the filter');
  await showData(call, '[]UnitActionResponse', value);
}

async function report(call: Invocation, results: readonly Entity[]): Promise<void> {
  const plain = !call.flags.on('quiet');
  for (const result of results) if (plain) await announce(call, result);
  const operations = results
    .filter((result) => !hasPart(result, 'Error') && hasPart(result, 'Action'))
    .map((result) => partOf(result, 'Action'));
  const failed = results.filter((result) => hasPart(result, 'Error')).length;
  if (plain) summarise(call, operations.length, failed, results.length);
  if (!call.flags.on('wait') || call.flags.on('dry-run') || operations.length === 0) return;
  if (plain) {
    say(call, '');
    say(call, `Waiting for ${operations.length} operation(s) to complete...`);
  }
  for (const operation of operations) await awaitOne(call, operation);
}

async function awaitOne(call: Invocation, operation: Entity): Promise<void> {
  try {
    await awaitOperation(call, operation);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (!call.flags.on('quiet')) say(call, `Warning: ${error.message}`);
  }
}

async function announce(call: Invocation, result: Entity): Promise<void> {
  if (hasPart(result, 'Error')) {
    const error = partOf(result, 'Error');
    const unit = textOf(partOf(error, 'ErrorMetadata'), 'EntityID');
    const what = unit === '' ? 'Failed' : `Failed to apply unit ${unit}`;
    return say(call, `${what}: ${textOf(error, 'Message')}`);
  }
  if (call.flags.on('wait') || !hasPart(result, 'Action')) return undefined;
  const operation = partOf(result, 'Action');
  const unitId = idOf(operation, 'UnitID');
  const item = await getExtended(call, unitKind, unitId, 'Slug', idOf(operation, 'SpaceID'));
  return say(call, `Queued apply for unit ${textOf(partOf(item, 'Unit'), 'Slug')} (${unitId})`);
}

function summarise(call: Invocation, done: number, failed: number, total: number): void {
  const dry = call.flags.on('dry-run');
  say(call, '');
  say(call, dry ? 'Dry run completed (no changes made)' : 'Bulk apply completed');
  say(call, dry ? `Units that would be applied: ${done}` : `Units queued for apply: ${done}`);
  if (failed > 0) say(call, dry ? `Units that would fail: ${failed}` : `Units failed: ${failed}`);
  say(call, `Total units processed: ${total}`);
}
