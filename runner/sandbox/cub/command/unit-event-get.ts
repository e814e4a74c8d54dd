/** `cub unit-event get`. */
import type { Entity, Invocation } from '../cub.ts';
import { entityOf, idOf, isUuid, textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { describeTime } from '../go-time.ts';
import { rowIf } from '../kind/details.ts';
import type { Rows } from '../kind/details.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity } from '../lookup.ts';
import { drawDetails, showOne } from '../print.ts';

export async function run(call: Invocation): Promise<void> {
  const [name = '', eventId = ''] = call.args;
  const unitId = idOf(await findEntity(call, unitKind, name), 'UnitID');
  if (!isUuid(eventId)) throw new Failure(uuidError(eventId));
  const path = `/space/${call.space.id}/unit/${unitId}/unit_event/${eventId.toLowerCase()}`;
  const event = entityOf((await call.hub.ask({ method: 'GET', path })).value);
  await showOne(call, 'UnitEvent', event, () => drawDetails(rowsOf(event)));
}

function uuidError(text: string): string {
  return text.length === 36 ? 'invalid UUID format' : `invalid UUID length: ${Buffer.byteLength(text)}`;
}

function rowsOf(event: Entity): Rows {
  return [
    ['Action', textOf(event, 'Action')],
    ['Result', textOf(event, 'Result')],
    ['Status', textOf(event, 'Status') || 'None'],
    ['Created At', describeTime(textOf(event, 'CreatedAt'))],
    ['Terminated At', describeTime(textOf(event, 'TerminatedAt'))],
    ['Message', textOf(event, 'Message')],
    ...rowIf('Bridge Worker ID', textOf(event, 'BridgeWorkerID')),
  ];
}
