/** What belongs to a unit and is only read: its revisions, mutations and events, and its data as plain text. */
import type { Route } from '../http/route.ts';
import type { Answer, Call, EntityOf, Handler, HubContext, Tables } from './context.ts';
import type { Revision } from './entities.ts';
import { param } from './entity.ts';
import { badRequest, notFound } from './errors.ts';
import { extendMutation, extendRevision } from './extend.ts';
import { isUuid } from './uuid.ts';
import { ok } from './reply.ts';
import { selectEntities } from './select.ts';
import { decodeText } from './text-codec.ts';
import { requireUnit } from './unit-lookup.ts';

const UNIT = '/space/:space/unit/:unit';

/** `…/revision`, `…/mutation`, `…/unit_event`, `…/live-state`. */
export const unitHistoryRoutes: readonly Route<Handler>[] = [
  {
    method: 'GET',
    path: `${UNIT}/revision`,
    handler: (hub, call) => list(hub, call, 'Revision', extendRevision),
  },
  {
    method: 'GET',
    path: `${UNIT}/revision/:revision`,
    handler: (hub, call) => ok(extendRevision(hub, requireRevision(hub, call), call.query.get('include'))),
  },
  {
    method: 'GET',
    path: `${UNIT}/revision/:revision/data`,
    handler: (hub, call) => raw(requireRevision(hub, call).Data),
  },
  {
    method: 'GET',
    path: `${UNIT}/live-state`,
    handler: (hub, call) => raw(requireUnit(hub, call).LiveState),
  },
  {
    method: 'GET',
    path: `${UNIT}/mutation`,
    handler: (hub, call) => list(hub, call, 'Mutation', extendMutation),
  },
  {
    method: 'GET',
    path: `${UNIT}/mutation/:mutation`,
    handler: (hub, call) => {
      const found = requireOwn(hub, call, 'Mutation', (item) => item.MutationID, param(call, 'mutation'));
      return ok(extendMutation(hub, found, call.query.get('include')));
    },
  },
  {
    method: 'GET',
    path: `${UNIT}/unit_event`,
    handler: (hub, call) => list(hub, call, 'UnitEvent', (_, event) => event),
  },
  {
    method: 'GET',
    path: `${UNIT}/unit_event/:event`,
    handler: (hub, call) =>
      ok(requireOwn(hub, call, 'UnitEvent', (item) => item.UnitEventID, param(call, 'event'))),
  },
];

function list<Type extends keyof Tables>(
  hub: HubContext,
  call: Call,
  type: Type,
  extend: (hub: HubContext, entity: EntityOf<Type>, include: string | null) => object,
): Answer {
  const prefix = `${requireUnit(hub, call).UnitID}/`;
  const found = selectEntities(hub, type, call.query, { prefix });
  return ok(found.map((entity) => extend(hub, entity, call.query.get('include'))));
}

function requireRevision(hub: HubContext, call: Call): Revision {
  return requireOwn(hub, call, 'Revision', (item) => item.RevisionID, param(call, 'revision'));
}

function requireOwn<Type extends keyof Tables>(
  hub: HubContext,
  call: Call,
  type: Type,
  idOf: (entity: EntityOf<Type>) => string,
  id: string,
): EntityOf<Type> {
  const prefix = `${requireUnit(hub, call).UnitID}/`;
  if (!isUuid(id)) throw badRequest(`${type} id must be a UUID`);
  const own = selectEntities(hub, type, new URLSearchParams(), { prefix });
  const found = own.find((entity) => idOf(entity) === id.toLowerCase());
  if (found === undefined) throw notFound(`${type} ${id} not found`);
  return found;
}

/** Data as the text that it is. */
function raw(data: string): Answer {
  const headers = { 'content-type': 'application/yaml; charset=utf-8' };
  return { status: 200, headers, body: decodeText(data) ?? '' };
}
