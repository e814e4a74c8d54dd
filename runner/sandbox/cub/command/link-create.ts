/** `cub link create <link|-> <from unit> <to unit> [<space of to unit>]`, or links between the units that flags select. */
import { destinationSpaces } from '../bulk-change.ts';
import { createOnce } from '../create-once.ts';
import type { Invocation } from '../cub.ts';
import { textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { linkKind } from '../kind/link.ts';
import { awaitLinks, changeLinks, linkEnds } from '../link.ts';
import { findEntity } from '../lookup.ts';
import { addLabels, buildPatch, checkSources, encodeEntity, readEntity } from '../model.ts';
import { drawDetails, showChanged } from '../print.ts';
import { makeSlug } from '../slug.ts';

const BULK_FLAGS = ['where-from', 'where-to', 'where-space', 'where-to-space', 'dest-space'];

export async function run(call: Invocation): Promise<void> {
  if (call.args.length === 0) return createSeveral(call);
  refuse(call);
  const [name = '', ...ends] = call.args;
  const read = addLabels(call, await readEntity(call, 'Link'));
  const named =
    name === '-' ? { Slug: '' } : { Slug: makeSlug(name), DisplayName: textOf(read, 'DisplayName') || name };
  const link = { ...read, ...named, SpaceID: call.space.id, ...(await linkEnds(call, ends)) };
  const path = `/space/${call.space.id}/link`;
  const request = { method: 'POST', path, body: encodeEntity('Link', link) } as const;
  const item = await createOnce(call, request, () => findEntity(call, linkKind, named.Slug));
  await showChanged(call, {
    verb: 'created',
    word: 'link',
    name: textOf(item, 'Slug'),
    id: 'LinkID',
    shape: 'Link',
    item,
    draw: () => drawDetails(linkKind.details(item)),
  });
  return awaitLinks(call, [link]);
}

function refuse(call: Invocation): void {
  if (call.args.length < 3)
    throw new Failure('single link creation requires: <slug> <from unit> <to unit> [to space]');
  if (BULK_FLAGS.some((flag) => call.flags.text(flag) !== ''))
    throw new Failure(
      'bulk create flags (--where-from, --where-to, --where-space, --where-to-space, --dest-space) can only be used without positional arguments',
    );
  if (call.space.id === '*') throw new Failure("--space must not be '*' when not performing bulk operations");
  checkSources(call);
}

async function createSeveral(call: Invocation): Promise<void> {
  const from = call.flags.text('where-from');
  const to = call.flags.text('where-to');
  const listed = call.flags.list('dest-space').length > 0;
  const found = call.flags.text('where-space') !== '';
  if (from === '' || to === '')
    throw new Failure('bulk create mode requires --where-from and --where-to flags');
  if (!listed && !found)
    throw new Failure('bulk create mode requires either --where-space or --dest-space flag');
  if (listed && found) throw new Failure('--where-space and --dest-space flags are mutually exclusive');
  checkSources(call);
  const query = {
    where_from: from,
    where_to: to,
    where_space: destinationSpaces(call),
    where_to_space: call.flags.text('where-to-space'),
  };
  const context = `where_from: ${from}, where_to: ${to}`;
  const body = await buildPatch(call);
  return changeLinks(call, { verb: 'create', kind: linkKind, query, body, context });
}
