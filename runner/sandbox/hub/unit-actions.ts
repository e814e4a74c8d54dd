/** The routes that act on units: apply, destroy, refresh, import, approve; one unit or all that a where expression selects. */
import type { Route } from '../http/route.ts';
import { eachAlone, requireSelection } from './bulk.ts';
import type { Answer, Call, Handler, HubContext } from './context.ts';
import type { Action, Revision, Unit } from './entities.ts';
import { refuseFields } from './fields.ts';
import { readImportRequest } from './import/request.ts';
import { queueOperation } from './operation.ts';
import { bulk, ok } from './reply.ts';
import { checkReference, resolveRevision } from './revision-lookup.ts';
import { bySlug, selectEntities } from './select.ts';
import { approveUnit, readTagRequest, tagUnit } from './unit-marks.ts';
import { describeUnit, requireUnit } from './unit-lookup.ts';
import { refuseMerge } from './unit-merge.ts';

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
      return ok(approveUnit(hub, call, requireUnit(hub, call)));
    },
  },
  { method: 'POST', path: '/unit/apply', handler: applyUnits },
  {
    method: 'POST',
    path: '/unit/approve',
    handler: (hub, call) => {
      refuseFields('a bulk approve', call.body);
      return eachSelected(hub, call, (unit) => ({ Message: approveUnit(hub, call, unit) }));
    },
  },
  {
    method: 'POST',
    path: '/unit/tag',
    handler: (hub, call) => {
      requireSelection(call);
      const wish = readTagRequest(hub, call.body);
      return eachSelected(hub, call, (unit) => ({ Message: tagUnit(hub, unit, wish) }));
    },
  },
  {
    method: 'POST',
    path: `${UNIT}/import`,
    handler: (hub, call) => {
      const extraParams = JSON.stringify(readImportRequest(call.body));
      return ok(queueOperation(hub, requireUnit(hub, call), 'Import', { extraParams }));
    },
  },
];

function actionRoute(name: string, action: Action): Route<Handler> {
  return {
    method: 'POST',
    path: `${UNIT}/${name}`,
    handler: (hub, call) => {
      refuseMerge(call);
      refuseFields(name, call.body);
      const unit = requireUnit(hub, call);
      return ok(queueOperation(hub, unit, action, { revision: appliedRevision(hub, call, unit) }));
    },
  };
}

function applyUnits(hub: HubContext, call: Call): Answer {
  refuseFields('a bulk apply', call.body);
  return eachSelected(hub, call, (unit) => ({
    Action: queueOperation(hub, unit, 'Apply', { revision: appliedRevision(hub, call, unit) }),
  }));
}

/** `revision=`: another revision than the head. */
function appliedRevision(hub: HubContext, { query }: Call, unit: Unit): Revision | undefined {
  const wanted = query.get('revision') ?? '';
  return wanted === '' ? undefined : resolveRevision(hub, unit, wanted);
}

function eachSelected(hub: HubContext, call: Call, work: (unit: Unit) => object): Answer {
  requireSelection(call);
  refuseMerge(call);
  const revision = call.query.get('revision') ?? '';
  if (revision !== '') checkReference(hub, revision);
  const units = selectEntities(hub, 'Unit', call.query).sort(bySlug);
  return bulk(eachAlone(hub, units, describeUnit, work));
}
