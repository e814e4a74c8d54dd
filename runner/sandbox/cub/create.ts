/** The part that all `create` commands of entities in a space have in common. */
import { createOnce } from './create-once.ts';
import type { Entity, Invocation } from './cub.ts';
import { textOf } from './entity.ts';
import type { Kind } from './kind.ts';
import { findEntity } from './lookup.ts';
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
  const read = addLabels(call, await readEntity(call, kind.shape));
  const display = textOf(read, 'DisplayName') || name;
  const entity = {
    ...read,
    SpaceID: call.space.id,
    Slug: makeSlug(name),
    ...(creation.displayName === false ? {} : { DisplayName: display }),
    ...creation.fields,
  };
  const path = `/space/${call.space.id}/${kind.segment}`;
  const request = { method: 'POST', path, body: encodeEntity(kind.shape, entity) } as const;
  const item = await createOnce(call, request, () => findEntity(call, kind, entity.Slug));
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
