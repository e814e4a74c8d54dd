/** Entities and revisions that flags of the client of October 2025 name, turned into the ids that the hub takes. */
import type { Invocation } from './cub.ts';
import { idOf } from './entity.ts';
import { Failure } from './failure.ts';
import type { Kind } from './kind.ts';
import { changesetKind } from './kind/changeset.ts';
import { filterKind } from './kind/filter.ts';
import { tagKind } from './kind/tag.ts';
import { findEntity, findSpace } from './lookup.ts';

/** The id of `[<space>/]<slug or id>`. */
export async function findId(call: Invocation, kind: Kind, name: string): Promise<string> {
  const [space = '', slug, ...rest] = name.split('/');
  if (rest.length > 0) throw new Failure(`${kind.word} ${name}: expected [space/]slug`);
  if (slug === undefined && call.space.id === '*')
    throw new Failure(`with --space "*", name the ${kind.word} with its space: <space>/${name}`);
  if (slug === undefined) return idOf(await findEntity(call, kind, name), kind.id);
  const spaceId = idOf(await findSpace(call, space), 'SpaceID');
  return idOf(await findEntity(call, kind, slug, spaceId), kind.id);
}

/** What `--filter` chooses, as a query parameter. */
export async function filterQuery(call: Invocation): Promise<Readonly<Record<string, string>>> {
  const name = call.flags.text('filter');
  return name === '' ? {} : { filter: await findId(call, filterKind, name) };
}

/** What `--changeset` names, as a query parameter; `-` names none. */
export async function changesetQuery(call: Invocation): Promise<Readonly<Record<string, string>>> {
  const name = call.flags.text('changeset');
  return name === '' || name === '-' ? {} : { change_set_id: await findId(call, changesetKind, name) };
}

/** What `--tag` names, as a query parameter. */
export async function tagQuery(call: Invocation): Promise<Readonly<Record<string, string>>> {
  const name = call.flags.text('tag');
  return name === '' ? {} : { tag: await findId(call, tagKind, name) };
}

const KINDS: Readonly<Record<string, Kind>> = { Tag: tagKind, ChangeSet: changesetKind };

/** A revision as users write it (`Before:ChangeSet:cs1`), with ids for slugs. */
export async function revisionReference(call: Invocation, text: string): Promise<string> {
  const [, before = '', word = '', name = ''] = /^(Before:)?(?:(Tag|ChangeSet):)?(.*)$/.exec(text) ?? [];
  const kind = KINDS[word];
  return kind === undefined ? text : `${before}${word}:${await findId(call, kind, name)}`;
}

/** What `--revision` names, as a query parameter. */
export async function revisionQuery(call: Invocation): Promise<Readonly<Record<string, string>>> {
  const text = call.flags.text('revision');
  return text === '' ? {} : { revision: await revisionReference(call, text) };
}
