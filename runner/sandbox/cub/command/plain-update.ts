/** `cub target update` and `cub worker update`: other fields of one, or with `--patch` of several. */
import { chosenEntities } from '../bulk-change.ts';
import type { Entity, Invocation } from '../cub.ts';
import { entitiesOf, entityOf, hasPart, idOf, partOf, textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { extendedShape } from '../kind.ts';
import type { Kind } from '../kind.ts';
import { kindOfCommand } from '../kinds.ts';
import { findEntity } from '../lookup.ts';
import { addLabels, buildPatch, checkLabelRemoval, checkSources, encodeEntity } from '../model.ts';
import { drawDetails, showChanged } from '../print.ts';
import { checkProvider } from '../target-rules.ts';
import { readOver } from './update.ts';

const MERGE_PATCH = 'application/merge-patch+json';

/** What messages call the two kinds. */
const WORDS: Readonly<Record<string, readonly [word: string, usage: string]>> = {
  target: ['target', '<slug or id>'],
  worker: ['bridge worker', '<name>'],
};

export async function run(call: Invocation): Promise<void> {
  checkSources(call);
  checkLabelRemoval(call);
  const kind = await kindOfCommand(call.command);
  const [word, usage] = WORDS[kind.flag] ?? [kind.word, ''];
  const patch = call.flags.on('patch');
  const [name] = call.args;
  if (name === undefined && patch) return patchSeveral(call, kind, word);
  if (name === undefined) throw new Failure(`single ${word} update requires: ${usage}`);
  if (!patch && (call.flags.text('where') !== '' || call.flags.list(kind.flag).length > 0))
    throw new Failure(`--where or --${kind.flag} can only be specified with --patch`);
  const item = await changeOne(call, kind, name);
  return showChanged(call, {
    verb: 'updated',
    word: patch ? word : kind.word,
    name,
    id: kind.id,
    shape: kind.showsExtended === true ? extendedShape(kind) : kind.shape,
    item,
    ...(kind.showsExtended === true ? { data: { [kind.shape]: item } } : {}),
    draw: () => drawOne(kind, item),
  });
}

async function changeOne(call: Invocation, kind: Kind, name: string): Promise<Entity> {
  const current = await findEntity(call, kind, name);
  const path = `/space/${call.space.id}/${kind.segment}/${idOf(current, kind.id)}`;
  if (call.flags.on('patch')) {
    const body = await readPatch(call, 'no updates specified');
    return entityOf((await call.hub.ask({ method: 'PATCH', path, body, contentType: MERGE_PATCH })).value);
  }
  const changed = await readOver(call, kind, current);
  if (kind.flag === 'target')
    checkProvider(textOf(changed, 'ToolchainType'), textOf(changed, 'ProviderType'));
  const body = encodeEntity(kind.shape, addLabels(call, changed));
  return entityOf((await call.hub.ask({ method: 'PUT', path, body })).value);
}

async function readPatch(call: Invocation, complaint: string): Promise<string> {
  const patch = await buildPatch(call);
  if (patch === '' || patch === 'null') throw new Failure(complaint);
  return patch;
}

async function patchSeveral(call: Invocation, kind: Kind, word: string): Promise<void> {
  const { value } = await call.hub.ask({
    method: 'PATCH',
    path: `/${kind.segment}`,
    query: { where: chosenEntities(call, kind), include: kind.include },
    body: await readPatch(call, 'no updates specified for bulk patch'),
    contentType: MERGE_PATCH,
  });
  const results = entitiesOf(value);
  const failed = results.filter((result) => hasPart(result, 'Error'));
  for (const result of results) announce(call, kind, word, result);
  const done = results.length - failed.length;
  call.around.out(`\nBulk patch completed: ${done} succeeded, ${failed.length} failed\n`);
  if (failed.length > 0) throw new Failure(`some ${word}s failed to update`);
}

function announce(call: Invocation, kind: Kind, word: string, result: Entity): void {
  const entity = partOf(result, kind.shape);
  if (hasPart(result, 'Error')) {
    const name = hasPart(result, kind.shape) ? ` ${textOf(entity, 'Slug')}` : '';
    call.around.out(`Failed to update ${word}${name}: ${textOf(partOf(result, 'Error'), 'Message')}\n`);
  } else if (call.flags.on('verbose')) call.around.out(drawOne(kind, entity));
}

/** Of workers, the original shows nothing here. */
function drawOne(kind: Kind, entity: Entity): string {
  return kind.flag === 'worker' ? '' : drawDetails(kind.details(entity));
}
