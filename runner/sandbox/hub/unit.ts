/** Units: one piece of configuration data each, with its metadata. Reading, changing, deleting; creating is in unit-create.ts. */
import type { Route } from '../http/route.ts';
import { eachAlone, eachTogether, requireSelection } from './bulk.ts';
import type { Answer, Call, Handler, HubContext } from './context.ts';
import type { Unit } from './entities.ts';
import { requireSpace } from './entity.ts';
import { extendUnit } from './extend.ts';
import type { WriteMode } from './fields.ts';
import { bulk, ok } from './reply.ts';
import { bySlug, selectEntities } from './select.ts';
import { changeUnit } from './unit-change.ts';
import { cloneUnits, createUnit } from './unit-create.ts';
import { deleteUnit } from './unit-delete.ts';
import { describeUnit, requireUnit } from './unit-lookup.ts';
import { refuseMerge } from './unit-merge.ts';
import { checkUnitChange } from './unit-request.ts';

/** `/unit`, in one space and across spaces. */
export const unitRoutes: readonly Route<Handler>[] = [
  { method: 'GET', path: '/unit', handler: (hub, call) => listUnits(hub, call) },
  {
    method: 'GET',
    path: '/space/:space/unit',
    handler: (hub, call) => listUnits(hub, call, requireSpace(hub, call).SpaceID),
  },
  { method: 'POST', path: '/space/:space/unit', handler: (hub, call) => ok(createUnit(hub, call)) },
  {
    method: 'POST',
    path: '/unit',
    handler: (hub, call) => bulk(cloneUnits(hub, call)),
  },
  {
    method: 'GET',
    path: '/space/:space/unit/:unit',
    handler: (hub, call) => ok(extendUnit(hub, requireUnit(hub, call), call.query.get('include'))),
  },
  {
    method: 'GET',
    path: '/space/:space/unit/:unit/extended',
    handler: (hub, call) => ok(extendUnit(hub, requireUnit(hub, call), call.query.get('include'))),
  },
  { method: 'PUT', path: '/space/:space/unit/:unit', handler: (hub, call) => change(hub, call, 'replace') },
  { method: 'PATCH', path: '/space/:space/unit/:unit', handler: (hub, call) => change(hub, call, 'patch') },
  {
    method: 'DELETE',
    path: '/space/:space/unit/:unit',
    handler: (hub, call) => ok(deleteUnit(hub, requireUnit(hub, call))),
  },
  {
    method: 'PATCH',
    path: '/unit',
    handler: (hub, call) => {
      checkUnitChange(hub, call, 'patch');
      return eachSelected(
        hub,
        call,
        (unit) => ({ Unit: changeUnit(hub, call, unit, 'patch') }),
        call.query.has('restore') ? eachTogether : eachAlone,
      );
    },
  },
  {
    method: 'DELETE',
    path: '/unit',
    handler: (hub, call) => {
      refuseMerge(call);
      return eachSelected(hub, call, (unit) => deleteUnit(hub, unit));
    },
  },
];

function listUnits(hub: HubContext, call: Call, spaceId?: string): Answer {
  refuseMerge(call);
  const { query } = call;
  const units = selectEntities(hub, 'Unit', query, spaceId === undefined ? {} : { spaceId });
  return ok(units.sort(bySlug).map((unit) => extendUnit(hub, unit, query.get('include'))));
}

function change(hub: HubContext, call: Call, mode: WriteMode): Answer {
  const unit = requireUnit(hub, call);
  checkUnitChange(hub, call, mode);
  return ok(changeUnit(hub, call, unit, mode));
}

/** Each selected unit alone, except that a restore brings all of them back or none. */
function eachSelected(
  hub: HubContext,
  call: Call,
  work: (unit: Unit) => object,
  each: typeof eachAlone = eachAlone,
): Answer {
  requireSelection(call);
  return bulk(each(hub, selectEntities(hub, 'Unit', call.query), describeUnit, work));
}
