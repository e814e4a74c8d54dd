/** Bulk create of links: from every selected unit of every selected space to every selected unit. */
import { eachAlone } from '../bulk.ts';
import type { Call, HubContext } from '../context.ts';
import type { Unit } from '../entities.ts';
import { badRequest } from '../errors.ts';
import { checkFields, readObject } from '../fields.ts';
import { bySlug, selectEntities } from '../select.ts';
import { LINK } from './link.ts';
import { createNamed } from './write.ts';

/** `POST /link`: `where_to_space` says where the providers are; without it they are in the space of the link. */
export function linkMany(hub: HubContext, call: Call): object[] {
  const [whereSpace, whereFrom, whereTo] = ['where_space', 'where_from', 'where_to'].map((name) =>
    requireExpression(call, name),
  );
  checkFields(LINK.shape, call.body);
  const toSpaces = call.query.get('where_to_space') ?? '';
  const pairs = spacesWhere(hub, whereSpace).flatMap((spaceId) =>
    unitsWhere(hub, whereFrom, spaceId).flatMap((from) =>
      (toSpaces === '' ? [spaceId] : spacesWhere(hub, toSpaces))
        .flatMap((toSpaceId) => unitsWhere(hub, whereTo, toSpaceId))
        .filter((to) => to.UnitID !== from.UnitID)
        .map((to) => ({ from, to })),
    ),
  );
  return eachAlone(
    hub,
    pairs,
    ({ from }) => ({ type: 'Unit', id: from.UnitID }),
    ({ from, to }) => ({
      Link: createNamed(hub, LINK, call, from.SpaceID, {
        ...readObject(call.body),
        FromUnitID: from.UnitID,
        ToUnitID: to.UnitID,
        ToSpaceID: to.SpaceID,
      }),
    }),
  );
}

function requireExpression({ query }: Call, name: string): string {
  const where = query.get(name) ?? '';
  if (where.trim() === '') throw badRequest(`a bulk create of links needs ${name}`);
  return where;
}

function spacesWhere(hub: HubContext, where = ''): string[] {
  return selectEntities(hub, 'Space', new URLSearchParams(), { where })
    .sort(bySlug)
    .map(({ SpaceID }) => SpaceID);
}

function unitsWhere(hub: HubContext, where = '', spaceId = ''): Unit[] {
  return selectEntities(hub, 'Unit', new URLSearchParams(), { where, spaceId }).sort(bySlug);
}
