/** The part that all `create` commands of entities in a space have in common. */
import type { Entity, Invocation } from './cub.ts';
import { entityOf, textOf } from './entity.ts';
import type { Kind } from './kind.ts';
import { addLabels, checkSources, encodeEntity, readEntity } from './model.ts';
import { drawDetails, showChanged } from './print.ts';
import { makeSlug } from './slug.ts';

export interface Creation {
  readonly kind: Kind;
  /** As typed; it becomes the slug, and the display name unless `displayName` is false. */
  readonly name: string;
  readonly displayName?: boolean;
  /** Over what was read from stdin or a file. */
  readonly fields?: Entity;
  readonly draw?: (entity: Entity) => string;
}

/** Creates the entity in the selected space and shows it. */
export async function createEntity(call: Invocation, creation: Creation): Promise<void> {
  const { kind, name } = creation;
  checkSources(call);
  const read = addLabels(call, await readEntity(call));
  const display = textOf(read, 'DisplayName') || name;
  const entity = {
    ...read,
    SpaceID: call.space.id,
    Slug: makeSlug(name),
    ...(creation.displayName === false ? {} : { DisplayName: display }),
    ...creation.fields,
  };
  const { value } = await call.hub.ask({
    method: 'POST',
    path: `/space/${call.space.id}/${kind.segment}`,
    body: encodeEntity(kind.shape, entity),
  });
  const item = entityOf(value);
  await showChanged(call, {
    verb: 'created',
    word: kind.word,
    name,
    id: kind.id,
    shape: kind.shape,
    item,
    draw: () => creation.draw?.(item) ?? drawDetails(kind.details(item)),
  });
}
