/** Bulk create of named entities: copies of the selected ones in other spaces or under other names. */
import { eachAlone, readPrefixes, requireWhere } from '../bulk.ts';
import type { Call, HubContext } from '../context.ts';
import type { NamedEntity } from '../entities.ts';
import { badRequest } from '../errors.ts';
import { checkFields, readObject } from '../fields.ts';
import { bySlug, selectEntities } from '../select.ts';
import type { NamedFields } from '../shapes.ts';
import type { Kind } from './kind.ts';
import { createNamed } from './write.ts';

/** `POST /<kind>`: every selected entity into every space of `where_space` (its own without), once per prefix. */
export function cloneNamed<T extends NamedEntity, Fields extends NamedFields>(
  hub: HubContext,
  kind: Kind<T, Fields>,
  call: Call,
): object[] {
  requireWhere(call);
  checkFields(kind.shape, call.body);
  const spaces = destinations(hub, call);
  const prefixes = readPrefixes(call);
  if (spaces === undefined && prefixes.every((prefix) => prefix === ''))
    throw badRequest('a bulk create needs where_space or name_prefixes');
  const clones = kind
    .select(hub, call.query)
    .sort(bySlug)
    .flatMap((original) =>
      (spaces ?? [original.SpaceID]).flatMap((spaceId) =>
        prefixes.map((prefix) => ({ original, spaceId, slug: `${prefix}${original.Slug}` })),
      ),
    );
  return eachAlone(
    hub,
    clones,
    ({ original }) => ({ type: kind.type, id: kind.idOf(original) }),
    ({ original, spaceId, slug }) => ({
      [kind.type]: createNamed(hub, kind, call, spaceId, {
        ...inherited(kind, original),
        ...readObject(call.body),
        Slug: slug,
      }),
    }),
  );
}

/** The spaces of `where_space`; undefined without it. Throws 400 if there are none. */
function destinations(hub: HubContext, call: Call): string[] | undefined {
  const where = call.query.get('where_space') ?? '';
  if (where === '') return undefined;
  const spaces = selectEntities(hub, 'Space', new URLSearchParams(), { where }).sort(bySlug);
  if (spaces.length === 0) throw badRequest(`no space matches ${where}`);
  return spaces.map(({ SpaceID }) => SpaceID);
}

function inherited<T extends NamedEntity, Fields extends NamedFields>(
  { shape, ownFields = [] }: Kind<T, Fields>,
  original: T,
): object {
  return Object.fromEntries(
    Object.entries(original).filter(
      ([name]) => Object.hasOwn(shape.writable, name) && !ownFields.includes(name),
    ),
  );
}
