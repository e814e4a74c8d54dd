/** `cub target create`: new, or a copy of a target of another space. */
import { createOnce } from '../create-once.ts';
import type { Entity, Invocation } from '../cub.ts';
import { idOf, textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { targetKind } from '../kind/target.ts';
import { findEntity, findSpace } from '../lookup.ts';
import { addLabels, checkSources, encodeEntity, readEntity, readsEntity } from '../model.ts';
import { drawDetails, showChanged } from '../print.ts';
import { makeSlug } from '../slug.ts';
import { checkProvider } from '../target-rules.ts';
import { findWorker } from '../workers.ts';

export async function run(call: Invocation): Promise<void> {
  checkSources(call);
  const [name = '', parameters, workerName] = call.args;
  const base = addLabels(call, await baseTarget(call));
  checkProvider(textOf(base, 'ToolchainType'), textOf(base, 'ProviderType'));
  const worker =
    workerName === undefined
      ? {}
      : { BridgeWorkerID: idOf(await findWorker(call, workerName), 'BridgeWorkerID') };
  const target = {
    ...base,
    SpaceID: call.space.id,
    Slug: makeSlug(name),
    DisplayName: textOf(base, 'DisplayName') || name,
    ...(parameters === undefined ? {} : { Parameters: parameters }),
    ...worker,
  };
  const path = `/space/${call.space.id}/target`;
  const request = { method: 'POST', path, body: encodeEntity('Target', target) } as const;
  const item = await createOnce(call, request, () => findEntity(call, targetKind, target.Slug));
  await showChanged(call, {
    verb: 'created',
    word: 'target',
    name,
    id: 'TargetID',
    shape: 'Target',
    item,
    draw: () => drawDetails(targetKind.details(item)),
  });
}

/** The copied target or the types of the flags, with what was read over it. */
async function baseTarget(call: Invocation): Promise<Entity> {
  const from = call.flags.text('from-target');
  const fromSpace = call.flags.text('from-target-space');
  if (from === '' && fromSpace === '') {
    if (readsEntity(call)) return readEntity(call, 'Target');
    return { ToolchainType: call.flags.text('toolchain'), ProviderType: call.flags.text('provider') };
  }
  if (from === '' || fromSpace === '')
    throw new Failure('both of --from-target and --from-target-space must be specified');
  if (readsEntity(call))
    throw new Failure('only one of --from-target or --from-stdin/--filename may be specified');
  return findEntity(call, targetKind, from, idOf(await findSpace(call, fromSpace), 'SpaceID'));
}
