/** `cub unit-event list`. */
import type { Entity, Invocation } from '../cub.ts';
import { idOf, textOf } from '../entity.ts';
import { describeTime, isZeroTime } from '../go-time.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity } from '../lookup.ts';
import { listEvents } from '../operations.ts';
import { headerOf, showList } from '../print.ts';
import { drawTable } from '../table.ts';

const HEADER = ['Action', 'Result', 'Status', 'Created-At', 'Terminated-At', 'Message'];

export async function run(call: Invocation): Promise<void> {
  const unit = await findEntity(call, unitKind, call.args[0] ?? '');
  const events = await listEvents(call, call.space.id, idOf(unit, 'UnitID'), call.flags.text('where'));
  await showList(call, 'UnitEvent', events, {
    name: () => '-',
    draw: () => drawTable(headerOf(call, HEADER), events.map(rowOf)),
  });
}

function rowOf(event: Entity): readonly string[] {
  const ended = textOf(event, 'TerminatedAt');
  return [
    textOf(event, 'Action'),
    textOf(event, 'Result'),
    textOf(event, 'Status') || 'None',
    describeTime(textOf(event, 'CreatedAt')),
    isZeroTime(ended) ? '' : describeTime(ended),
    textOf(event, 'Message'),
  ];
}
