/** Finding entities by slug or id: a list with a where expression, as the original does, and its "not found" texts. */
import type { Entity, Invocation } from './cub.ts';
import { entitiesOf, entityOf, isUuid, partOf, textOf } from './entity.ts';
import { Failure } from './failure.ts';
import type { Kind } from './kind.ts';
import { unitKind } from './kind/unit.ts';
import { neededFields } from './select.ts';

export interface ListQuery {
  readonly where?: string;
  /** Empty: all fields. */
  readonly select?: string;
  readonly more?: Readonly<Record<string, string>>;
}

/** The extended entities of a space, or of all spaces (`*`). */
export async function listEntities(
  call: Invocation,
  kind: Kind,
  spaceId: string,
  query: ListQuery,
): Promise<Entity[]> {
  const path = spaceId === '*' ? `/${kind.segment}` : `/space/${spaceId}/${kind.segment}`;
  const { value } = await call.hub.ask({
    method: 'GET',
    path,
    query: {
      where: query.where ?? '',
      contains: call.flags.text('contains'),
      include: kind.include,
      select: query.select ?? '',
      ...query.more,
    },
  });
  return entitiesOf(value);
}

/** The extended entity with this slug or id. `select` empty: all fields. */
export async function findExtended(
  call: Invocation,
  kind: Kind,
  name: string,
  select = '',
  spaceId: string = call.space.id,
): Promise<Entity> {
  if (isUuid(name)) return getExtended(call, kind, name.toLowerCase(), select, spaceId);
  const found = await listEntities(call, kind, spaceId, { where: `Slug = '${name}'`, select });
  const match = found.find((item) => textOf(partOf(item, kind.shape), 'Slug') === name);
  if (match !== undefined) return match;
  const place = kind.missingIn === 'id' ? spaceId : call.space.slug;
  throw new Failure(`${kind.word} ${name} not found in space ${place}`);
}

/** The extended entity with this id. */
export async function getExtended(
  call: Invocation,
  kind: Kind,
  id: string,
  select = '',
  spaceId: string = call.space.id,
): Promise<Entity> {
  const query = { include: kind === unitKind ? kind.include : '', select };
  const { value } = await call.hub.ask({
    method: 'GET',
    path: `/space/${spaceId}/${kind.segment}/${id}`,
    query,
  });
  return entityOf(value);
}

/** The bare entity with this slug or id. */
export async function findEntity(
  call: Invocation,
  kind: Kind,
  name: string,
  spaceId: string = call.space.id,
): Promise<Entity> {
  return partOf(await findExtended(call, kind, name, '', spaceId), kind.shape);
}

/** A space by slug or id. */
export async function findSpace(call: Invocation, name: string, select = ''): Promise<Entity> {
  if (isUuid(name)) {
    const { value } = await call.hub.ask({
      method: 'GET',
      path: `/space/${name.toLowerCase()}`,
      query: { select },
    });
    return partOf(entityOf(value), 'Space');
  }
  const query = { where: `Slug = '${name}'`, contains: call.flags.text('contains'), select };
  const { value } = await call.hub.ask({ method: 'GET', path: '/space', query });
  const spaces = entitiesOf(value).map((item) => partOf(item, 'Space'));
  const match = spaces.find((space) => textOf(space, 'Slug') === name);
  if (match === undefined) throw new Failure(`space ${name} not found`);
  return match;
}

/** The select parameter of `get`: what the user asks for, or everything. */
export function getSelection(call: Invocation): string {
  const given = call.flags.text('select');
  return given === '*' ? '' : given;
}

/** The fields that a list of this kind needs. */
export function kindSelection(kind: Kind): string {
  const base = kind.base ?? ['Slug', kind.id, 'SpaceID', 'OrganizationID'];
  return neededFields({ entity: kind.shape, shown: kind.columns, base, include: kind.include });
}
