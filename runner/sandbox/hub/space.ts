/** Spaces: the environments in which everything else lives. */
import type { Route } from '../http/route.ts';

import { eachAlone, readPrefixes, requireWhere } from './bulk.ts';
import type { Answer, Call, Handler, HubContext } from './context.ts';
import type { Space } from './entities.ts';
import { requireFresh, requireSpace, requireUniqueSlug, stampNew, touch } from './entity.ts';
import { badRequest } from './errors.ts';
import { extendSpace } from './extend.ts';
import { checkFields, mergeFields, readObject } from './fields.ts';
import type { WriteMode } from './fields.ts';
import { readFlag } from './flags.ts';
import { bulk, ok } from './reply.ts';
import { bySlug, selectEntities } from './select.ts';
import { SPACE_SHAPE } from './shapes.ts';
import type { NamedFields } from './shapes.ts';
import { deleteSpace } from './space-delete.ts';
import { summariseSpace } from './space-summary.ts';

/** `/space` and the bulk forms `/_space`. */
export const spaceRoutes: readonly Route<Handler>[] = [
  { method: 'GET', path: '/space', handler: listSpaces },
  { method: 'POST', path: '/space', handler: createSpace },
  {
    method: 'GET',
    path: '/space/:space',
    handler: (hub, call) => ok(show(hub, call, requireSpace(hub, call))),
  },
  { method: 'PUT', path: '/space/:space', handler: (hub, call) => changeSpace(hub, call, 'replace') },
  { method: 'PATCH', path: '/space/:space', handler: (hub, call) => changeSpace(hub, call, 'patch') },
  {
    method: 'DELETE',
    path: '/space/:space',
    handler: (hub, call) => ok(deleteSpace(hub, call, requireSpace(hub, call))),
  },
  { method: 'DELETE', path: '/_space', handler: deleteSpaces },
  { method: 'PATCH', path: '/_space', handler: patchSpaces },
  { method: 'POST', path: '/_space', handler: cloneSpaces },
];

function listSpaces(hub: HubContext, call: Call): Answer {
  return ok(
    selectEntities(hub, 'Space', call.query)
      .sort(bySlug)
      .map((space) => show(hub, call, space)),
  );
}

function show(hub: HubContext, { query }: Call, space: Space): object {
  const summary = readFlag(query, 'summary') ? summariseSpace(hub, space) : {};
  return { ...extendSpace(hub, space, query.get('include')), ...summary };
}

function createSpace(hub: HubContext, call: Call): Answer {
  return ok(insertSpace(hub, mergeFields(SPACE_SHAPE, 'create', call.body)));
}

function insertSpace(hub: HubContext, fields: NamedFields): Space {
  requireUniqueSlug(hub.tables.Space, 'Space', fields.Slug, undefined);
  const id = hub.ids.uuid();
  const space: Space = { ...stampNew(hub, 'Space'), ...fields, SpaceID: id };
  hub.tables.Space.put(id, space);
  return space;
}

/** Each selected space once per prefix: its labels and annotations with what the body changes, but nothing that is in it. */
function cloneSpaces(hub: HubContext, call: Call): Answer {
  requireWhere(call);
  const prefixes = readPrefixes(call);
  if (prefixes.includes('')) throw badRequest('a bulk create of spaces needs name_prefixes');
  checkFields(SPACE_SHAPE, call.body);
  const clones = selectEntities(hub, 'Space', call.query)
    .sort(bySlug)
    .flatMap((original) => prefixes.map((prefix) => ({ original, Slug: `${prefix}${original.Slug}` })));
  return bulk(
    eachAlone(
      hub,
      clones,
      ({ original }) => describe(original),
      ({ original, Slug }) => {
        const body = { ...readObject(call.body), Slug, DisplayName: '' };
        return { Space: insertSpace(hub, mergeFields(SPACE_SHAPE, 'patch', body, original)) };
      },
    ),
  );
}

function changeSpace(hub: HubContext, call: Call, mode: WriteMode): Answer {
  const before = requireSpace(hub, call);
  return ok(applyChange(hub, call, before, mode));
}

function applyChange(hub: HubContext, call: Call, before: Space, mode: WriteMode): Space {
  requireFresh(before, 'Space', call.body, mode);
  const fields = mergeFields(SPACE_SHAPE, mode, call.body, before);
  requireUniqueSlug(hub.tables.Space, 'Space', fields.Slug, undefined, before.SpaceID);
  const space = touch(hub, { ...before, ...fields });
  hub.tables.Space.put(space.SpaceID, space);
  return space;
}

function patchSpaces(hub: HubContext, call: Call): Answer {
  requireWhere(call);
  checkFields(SPACE_SHAPE, call.body);
  const spaces = selectEntities(hub, 'Space', call.query);
  return bulk(
    eachAlone(hub, spaces, describe, (space) => ({ Space: applyChange(hub, call, space, 'patch') })),
  );
}

function deleteSpaces(hub: HubContext, call: Call): Answer {
  requireWhere(call);
  const spaces = selectEntities(hub, 'Space', call.query);
  return bulk(eachAlone(hub, spaces, describe, (space) => deleteSpace(hub, call, space)));
}

function describe(space: Space): { type: string; id: string } {
  return { type: 'Space', id: space.SpaceID };
}
