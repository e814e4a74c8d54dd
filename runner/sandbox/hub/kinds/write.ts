/** Creating, changing and deleting a named entity, whatever its kind. */
import type { Call, HubContext } from '../context.ts';
import type { NamedEntity } from '../entities.ts';
import { requireFresh, requireUniqueSlug, stampNew, touch } from '../entity.ts';
import { mergeFields, readObject } from '../fields.ts';
import type { WriteMode } from '../fields.ts';
import type { NamedFields } from '../shapes.ts';
import type { Kind } from './kind.ts';

/** Stores a new entity in the space. Throws 400 for bad fields or a name that is taken. */
export function createNamed<T extends NamedEntity, Fields extends NamedFields>(
  hub: HubContext,
  kind: Kind<T, Fields>,
  call: Call,
  spaceId: string,
  body: unknown = call.body,
): T {
  const fields = mergeFields<Fields>(kind.shape, 'create', withSlug(hub, kind, body));
  requireUniqueSlug(kind.table(hub), kind.type, fields.Slug, spaceId);
  const id = hub.ids.uuid();
  const entity = kind.build(hub, { ...stampNew(hub, kind.type), SpaceID: spaceId }, fields, id);
  kind.table(hub).put(id, entity);
  return kind.stored?.(hub, call, entity) ?? entity;
}

/** Stores a changed entity. */
export function changeNamed<T extends NamedEntity, Fields extends NamedFields>(
  hub: HubContext,
  kind: Kind<T, Fields>,
  call: Call,
  before: T,
  mode: WriteMode,
): T {
  requireFresh(before, kind.type, call.body, mode);
  const fields = mergeFields<Fields>(kind.shape, mode, call.body, before);
  const id = kind.idOf(before);
  requireUniqueSlug(kind.table(hub), kind.type, fields.Slug, before.SpaceID, id);
  const { OrganizationID, CreatedAt, UpdatedAt, Version, EntityType, SpaceID } = touch(hub, before);
  const stamp = { OrganizationID, CreatedAt, UpdatedAt, Version, EntityType, SpaceID };
  const entity = kind.build(hub, stamp, fields, id, before);
  kind.table(hub).put(id, entity);
  return kind.stored?.(hub, call, entity, before) ?? entity;
}

/** Deletes one entity, unless something needs it. */
export function deleteNamed<T extends NamedEntity, Fields extends NamedFields>(
  hub: HubContext,
  kind: Kind<T, Fields>,
  entity: T,
): object {
  kind.deleting?.(hub, entity);
  kind.table(hub).delete(kind.idOf(entity));
  return { Message: `${kind.type} ${entity.Slug} deleted` };
}

function withSlug<T extends NamedEntity, Fields extends NamedFields>(
  hub: HubContext,
  kind: Kind<T, Fields>,
  body: unknown,
): unknown {
  const sent = readObject(body);
  if (kind.inventsSlug !== true || (sent['Slug'] ?? '') !== '') return body;
  return { ...sent, Slug: `${kind.segment}-${hub.ids.suffix(10)}` };
}
