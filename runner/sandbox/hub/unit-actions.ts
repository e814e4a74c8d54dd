/** The routes that act on units: apply, destroy, refresh, approve; one unit or all that a where expression selects. */
import type { Route } from '../http/route.ts';
import { eachAlone, rehearse, requireWhere } from './bulk.ts';
import type { Answer, Call, Handler, HubContext } from './context.ts';
import type { Action, Unit } from './entities.ts';
import { notImplemented } from './errors.ts';
import { refuseFields } from './fields.ts';
import { numberedKey, saveUnit } from './history.ts';
import { queueOperation } from './operation.ts';
import { bulk, ok } from './reply.ts';
import { bySlug, selectEntities } from './select.ts';
import { describeUnit, refuseUnimplemented, requireUnit } from './unit-lookup.ts';

const UNIT = '/space/:space/unit/:unit';

/** `…/apply`, `destroy`, `refresh`, `approve` and their bulk forms. */
export const unitActionRoutes: readonly Route<Handler>[] = [
  actionRoute('apply', 'Apply'),
  actionRoute('destroy', 'Destroy'),
  actionRoute('refresh', 'Refresh'),
  {
    method: 'POST',
    path: `${UNIT}/approve`,
    handler: (hub, call) => {
      refuseFields('approve', call.body);
      return ok(approve(hub, requireUnit(hub, call)));
    },
  },
  { method: 'POST', path: '/unit/apply', handler: applyUnits },
  {
    method: 'POST',
    path: '/unit/approve',
    handler: (hub, call) => eachSelected(hub, call, (unit) => ({ Message: approve(hub, unit) })),
  },
  {
    method: 'POST',
    path: '/unit/tag',
    handler: () => {
      throw notImplemented('unit tag');
    },
  },
  {
    method: 'POST',
    path: `${UNIT}/import`,
    handler: () => {
      throw notImplemented('unit import');
    },
  },
];

function actionRoute(name: string, action: Action): Route<Handler> {
  return {
    method: 'POST',
    path: `${UNIT}/${name}`,
    handler: (hub, call) => {
      refuseUnimplemented(call);
      refuseFields(name, call.body);
      return ok(queueOperation(hub, requireUnit(hub, call), action));
    },
  };
}

function applyUnits(hub: HubContext, call: Call): Answer {
  return eachSelected(hub, call, (unit) => ({ Action: queueOperation(hub, unit, 'Apply') }));
}

/** Adds the user to those who approved the head revision; a change of the data takes all approvals back. */
function approve(hub: HubContext, unit: Unit): string {
  if (!unit.ApprovedBy.includes(hub.userId)) {
    const approved = [...unit.ApprovedBy, hub.userId];
    saveUnit(hub, { ...unit, ApprovedBy: approved });
    const key = numberedKey(unit.UnitID, unit.HeadRevisionNum);
    const revision = hub.tables.Revision.get(key)?.value;
    if (revision !== undefined) hub.tables.Revision.put(key, { ...revision, ApprovedBy: approved });
  }
  return `Unit ${unit.Slug} approved`;
}

/** With `dry_run=true` all of it is done and taken back. */
function eachSelected(hub: HubContext, call: Call, work: (unit: Unit) => object): Answer {
  requireWhere(call);
  refuseUnimplemented(call);
  refuseFields('a bulk operation', call.body);
  const units = selectEntities(hub, 'Unit', call.query).sort(bySlug);
  const results = (): object[] => eachAlone(hub, units, describeUnit, work);
  return bulk(call.query.get('dry_run') === 'true' ? rehearse(hub, results) : results());
}
