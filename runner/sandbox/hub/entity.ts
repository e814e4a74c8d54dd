/** What all entities share: the stamp of the hub, the lock, unique names, and "not found" in one wording. */
import type { Table } from '../store/store.ts';
import type { Call, HubContext, HubCore } from './context.ts';
import type { Entity, NamedEntity, Space } from './entities.ts';
import { badRequest, HubError, notFound } from './errors.ts';
import { readObject } from './fields.ts';
import type { WriteMode } from './fields.ts';
import { formatTime } from './time.ts';
import { isUuid } from './uuid.ts';

/** The common fields of a new entity. */
export function stampNew(hub: HubCore, type: string): Entity {
  const now = formatTime(hub.clock.now());
  return { OrganizationID: hub.organizationId, CreatedAt: now, UpdatedAt: now, Version: 1, EntityType: type };
}

/** The entity with a newer version and time. */
export function touch<T extends Entity>(hub: HubCore, entity: T): T {
  return { ...entity, UpdatedAt: formatTime(hub.clock.now()), Version: entity.Version + 1 };
}

/** Reads by id. Throws 400 for no UUID, 404 if it is not there or in another space. */
export function requireEntity<T extends object>(
  table: Table<T>,
  type: string,
  id: string,
  spaceId?: string,
): T {
  if (!isUuid(id)) throw badRequest(`${type} id must be a UUID`);
  const found = table.get(id.toLowerCase())?.value;
  const elsewhere =
    spaceId !== undefined && found !== undefined && 'SpaceID' in found && found.SpaceID !== spaceId;
  if (found === undefined || elsewhere) throw notFound(`${type} ${id} not found`);
  return found;
}

/** The space that the path names. */
export function requireSpace(hub: HubContext, call: Call): Space {
  return requireEntity(hub.tables.Space, 'Space', param(call, 'space'));
}

/** A path parameter; the router has seen to it that it is there. */
export function param(call: Call, name: string): string {
  return call.params[name] ?? '';
}

/** Refuses a second entity of the same slug (in the same space). `self` is the entity that is being renamed. */
export function requireUniqueSlug<T extends NamedEntity>(
  table: Table<T>,
  type: string,
  slug: string,
  spaceId: string | undefined,
  self?: string,
): void {
  const space = spaceId === undefined ? '' : ` AND json_extract(value, '$.SpaceID') = ?`;
  const taken = table
    .list({
      where: {
        sql: `json_extract(value, '$.Slug') = ?${space}`,
        params: spaceId === undefined ? [slug] : [slug, spaceId],
      },
    })
    .some(({ key }) => key !== self);
  if (taken) throw badRequest(`A ${type} with the same value already exists`);
}

/**
 * Refuses a change of what was read from an older version. A body without `Version` takes no lock. Of a PATCH clients can read
 * no 409, so it is a 400 there.
 */
export function requireFresh(entity: Entity, type: string, body: unknown, mode: WriteMode): void {
  const { Version: version } = readObject(body);
  if (version === undefined || version === null || version === 0) return;
  if (typeof version !== 'number') throw badRequest('Version must be a number');
  if (version === entity.Version) return;
  throw new HubError(
    mode === 'patch' ? 400 : 409,
    `${type} was changed by somebody else: version ${version} was sent, version ${entity.Version} is stored`,
  );
}
