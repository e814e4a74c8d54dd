/** The routes that all named entities share: one space, all spaces, and the bulk forms. */
import type { Route } from '../../http/route.ts';
import { eachAlone, requireWhere } from '../bulk.ts';
import type { Answer, Call, Handler, HubContext } from '../context.ts';
import type { NamedEntity } from '../entities.ts';
import { param, requireEntity, requireSpace } from '../entity.ts';
import { embed } from '../extend.ts';
import { checkFields } from '../fields.ts';
import type { WriteMode } from '../fields.ts';
import { bulk, ok } from '../reply.ts';
import { bySlug } from '../select.ts';
import type { NamedFields } from '../shapes.ts';
import type { Kind } from './kind.ts';
import { changeNamed, createNamed, deleteNamed } from './write.ts';

/** `/space/{id}/<kind>[/{id}]`: list, create, get, replace, patch, delete. */
export function spaceRoutesOf<T extends NamedEntity, Fields extends NamedFields>(
  kind: Kind<T, Fields>,
): Route<Handler>[] {
  const all = `/space/:space/${kind.segment}`;
  const one = `${all}/:id`;
  const required = (hub: HubContext, call: Call): T =>
    requireEntity(kind.table(hub), kind.type, param(call, 'id'), requireSpace(hub, call).SpaceID);
  const change = (hub: HubContext, call: Call, mode: WriteMode): Answer => {
    const before = required(hub, call);
    return ok(changeNamed(hub, kind, call, before, mode));
  };
  return [
    {
      method: 'GET',
      path: all,
      handler: (hub, call) => list(hub, kind, call, requireSpace(hub, call).SpaceID),
    },
    {
      method: 'POST',
      path: all,
      handler: (hub, call) => ok(createNamed(hub, kind, call, requireSpace(hub, call).SpaceID)),
    },
    {
      method: 'GET',
      path: one,
      handler: (hub, call) => ok(extend(hub, kind, required(hub, call), call.query.get('include'))),
    },
    { method: 'PUT', path: one, handler: (hub, call) => change(hub, call, 'replace') },
    { method: 'PATCH', path: one, handler: (hub, call) => change(hub, call, 'patch') },
    {
      method: 'DELETE',
      path: one,
      handler: (hub, call) => ok(deleteNamed(hub, kind, required(hub, call))),
    },
  ];
}

/** `/<kind>`: list across spaces, bulk create by `create`, bulk patch and bulk delete. */
export function bulkRoutesOf<T extends NamedEntity, Fields extends NamedFields>(
  kind: Kind<T, Fields>,
  create: (hub: HubContext, call: Call) => object[],
): Route<Handler>[] {
  const path = `/${kind.segment}`;
  return [
    { method: 'GET', path, handler: (hub, call) => list(hub, kind, call) },
    { method: 'POST', path, handler: (hub, call) => bulk(create(hub, call)) },
    {
      method: 'PATCH',
      path,
      handler: (hub, call) => {
        checkFields(kind.shape, call.body);
        return eachSelected(hub, kind, call, (entity) => ({
          [kind.type]: changeNamed(hub, kind, call, entity, 'patch'),
        }));
      },
    },
    {
      method: 'DELETE',
      path,
      handler: (hub, call) => eachSelected(hub, kind, call, (entity) => deleteNamed(hub, kind, entity)),
    },
  ];
}

function list<T extends NamedEntity, Fields extends NamedFields>(
  hub: HubContext,
  kind: Kind<T, Fields>,
  { query }: Call,
  spaceId?: string,
): Answer {
  const found = kind.select(hub, query, spaceId === undefined ? {} : { spaceId });
  return ok(found.sort(bySlug).map((entity) => extend(hub, kind, entity, query.get('include'))));
}

function extend<T extends NamedEntity, Fields extends NamedFields>(
  hub: HubContext,
  kind: Kind<T, Fields>,
  entity: T,
  include: string | null,
): object {
  return { [kind.type]: entity, ...embed(hub, kind.embeds, entity, include) };
}

function eachSelected<T extends NamedEntity, Fields extends NamedFields>(
  hub: HubContext,
  kind: Kind<T, Fields>,
  call: Call,
  work: (entity: T) => object,
): Answer {
  requireWhere(call);
  const selected = kind.select(hub, call.query).sort(bySlug);
  return bulk(eachAlone(hub, selected, (entity) => ({ type: kind.type, id: kind.idOf(entity) }), work));
}
