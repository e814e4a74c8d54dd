/** What a unit's live side looks like, worked out from its newest event; nothing of it is stored. */
import type { HubContext } from './context.ts';
import type { Unit, UnitEvent } from './entities.ts';
import { ZERO_TIME } from './time.ts';

/** The event of the unit's newest operation. */
export function latestEvent(hub: HubContext, unitId: string): UnitEvent | undefined {
  return hub.tables.UnitEvent.list({ prefix: `${unitId}/` }).at(-1)?.value;
}

/** `Status`: NoLive (nothing applied), Progressing, Failed, Ready. Only NoLive is known from the real server. */
export function unitStatus(hub: HubContext, unit: Unit): object {
  const event = latestEvent(hub, unit.UnitID);
  if (event === undefined) return { Status: 'NoLive', Drift: '' };
  return {
    Status: statusOf(unit, event),
    Action: event.Action,
    ActionResult: event.Result,
    ActionStartedAt: event.StartedAt,
    ActionTerminatedAt: event.TerminatedAt ?? ZERO_TIME,
    Drift: event.Result === 'RefreshAndDrifted' ? 'Drifted' : '',
  };
}

function statusOf(unit: Unit, event: UnitEvent): string {
  if (event.TerminatedAt === null) return 'Progressing';
  if (event.Status === 'Failed') return 'Failed';
  return unit.LiveRevisionNum === 0 ? 'NoLive' : 'Ready';
}
