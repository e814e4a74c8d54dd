/** Queued operations (apply, destroy, refresh): starting one, and waiting for it by looking at the unit's events. */
import { parseDuration } from './duration.ts';
import type { Entity, Invocation } from './cub.ts';
import { entitiesOf, entityOf, hasPart, idOf, partOf, textOf } from './entity.ts';
import { Failure } from './failure.ts';
import { unitKind } from './kind/unit.ts';
import { findEntity, getExtended, listEntities } from './lookup.ts';
import { say } from './print.ts';
import { revisionQuery } from './reference.ts';
import { awaitTriggers, sleep } from './units.ts';

// The original doubles from 200 ms up to 6.4 s, to spare a service that is far away; this hub is next door.
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 400;

/** `destroy <unit>` and `refresh <unit>`; `apply` shows the operation too. */
export async function startOperation(call: Invocation, action: string, name: string): Promise<Entity> {
  const unit = await findEntity(call, unitKind, name);
  const path = `/space/${call.space.id}/unit/${idOf(unit, 'UnitID')}/${action}`;
  const query = await revisionQuery(call);
  const operation = entityOf((await call.hub.ask({ method: 'POST', path, query })).value);
  if (call.flags.on('wait')) await awaitOperation(call, operation);
  return operation;
}

/** Waits until the operation is over and says how it went; throws Failure when it failed or took too long. */
export async function awaitOperation(call: Invocation, operation: Entity): Promise<void> {
  const timeout = parseDuration(call.flags.text('timeout'));
  if (timeout === undefined) throw new Failure(`invalid timeout duration ${call.flags.text('timeout')}`);
  const unitId = idOf(operation, 'UnitID');
  const action = textOf(operation, 'Action');
  const end = await watch(call, operation, Date.now() + timeout);
  if (end === 'late') throw new Failure(`${action} didn't complete on unit ${unitId}`);
  if (end === 'failed') throw new Failure(`${action} failed on unit ${unitId}`);
  const unit = partOf(await getExtended(call, unitKind, unitId), 'Unit');
  await awaitTriggers(call, unit);
  const events = await operationEvents(call, operation);
  const last = events.find((event) => FINAL.includes(textOf(event, 'Status')));
  if (last === undefined) throw new Failure('no matching events found for completed operation');
  if (!call.flags.on('quiet')) say(call, await describeEnd(call, unitId, last));
}

const FINAL: readonly string[] = ['Completed', 'Canceled', 'Failed'];

/** Looks with growing pauses: first whether the operation has events, then whether it is the unit's last and over. */
async function watch(
  call: Invocation,
  operation: Entity,
  deadline: number,
): Promise<'done' | 'failed' | 'late'> {
  let pause = FIRST_PAUSE_MS;
  let started = false;
  while (Date.now() < deadline) {
    if (started) {
      const end = await lookAtUnit(call, operation);
      if (end !== undefined) return end;
    } else started = await hasStarted(call, operation);
    await sleep(pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
  return 'late';
}

/** An answer that fails is looked for again, until the time is over. */
async function hasStarted(call: Invocation, operation: Entity): Promise<boolean> {
  const events = await operationEvents(call, operation).catch(ignoreFailure);
  return events !== undefined && events.length > 0;
}

async function lookAtUnit(call: Invocation, operation: Entity): Promise<'done' | 'failed' | undefined> {
  const where = `UnitID='${idOf(operation, 'UnitID')}'`;
  const [item] = (await listEntities(call, unitKind, '*', { where }).catch(ignoreFailure)) ?? [];
  if (item === undefined || !hasPart(item, 'LatestUnitEvent')) return undefined;
  const event = partOf(item, 'LatestUnitEvent');
  const same =
    textOf(event, 'QueuedOperationID') === textOf(operation, 'QueuedOperationID') &&
    textOf(event, 'Action') === textOf(operation, 'Action');
  if (same && !FINAL.includes(textOf(event, 'Status'))) return undefined;
  return textOf(event, 'Status') === 'Failed' ? 'failed' : 'done';
}

function ignoreFailure(error: unknown): undefined {
  if (!(error instanceof Failure)) throw error;
  return undefined;
}

async function operationEvents(call: Invocation, operation: Entity): Promise<Entity[]> {
  const where = `QueuedOperationID='${idOf(operation, 'QueuedOperationID')}'`;
  return listEvents(call, idOf(operation, 'SpaceID'), idOf(operation, 'UnitID'), where);
}

/** The events of a unit, newest first. */
export async function listEvents(
  call: Invocation,
  spaceId: string,
  unitId: string,
  where: string,
): Promise<Entity[]> {
  const path = `/space/${spaceId}/unit/${unitId}/unit_event`;
  const query = { where, contains: call.flags.text('contains') };
  const { value } = await call.hub.ask({ method: 'GET', path, query });
  const time = (event: Entity): number => Date.parse(textOf(event, 'CreatedAt')) || 0;
  return entitiesOf(value).toSorted((a, b) => time(b) - time(a));
}

async function describeEnd(call: Invocation, unitId: string, event: Entity): Promise<string> {
  const item = await getExtended(call, unitKind, unitId, 'Slug').catch(ignoreFailure);
  const name = item === undefined ? `(${unitId})` : `${textOf(partOf(item, 'Unit'), 'Slug')} (${unitId})`;
  const action = textOf(event, 'Action') || 'None';
  const status = textOf(event, 'Status') || 'None';
  return status === 'Completed'
    ? `Successfully completed ${action} on unit ${name}`
    : `Action ${action} on unit ${name} ${status}`;
}
