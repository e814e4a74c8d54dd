/** `cub worker install`: prints the manifest, or stores it as a unit. */
import type { Entity, Invocation } from '../cub.ts';
import { entityOf, idOf, textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { targetKind } from '../kind/target.ts';
import { findEntity } from '../lookup.ts';
import { encodeEntity } from '../model.ts';
import { showChanged } from '../print.ts';
import { makeSlug } from '../slug.ts';
import { awaitTriggers } from '../units.ts';
import { drawUnit } from '../unit-view.ts';
import { renderWorkerManifest, renderWorkerSecret } from '../worker-manifest.ts';
import { findWorker } from '../workers.ts';

export async function run(call: Invocation): Promise<void> {
  const [name = ''] = call.args;
  if (call.flags.text('functions') !== '')
    throw new Failure('cub worker install --functions is not implemented in the embedded cub');
  const worker = await findWorker(call, name);
  const namespace = call.flags.text('namespace');
  const secret = textOf(worker, 'Secret');
  if (call.flags.on('export-secret-only'))
    return call.around.out(`${renderWorkerSecret({ namespace, secret })}\n`);
  const manifest = manifestOf(call, worker);
  if (call.flags.on('export')) return call.around.out(`${manifest}\n`);
  if (call.flags.text('unit') !== '') return createUnit(call, manifest);
  call.around.out(`Installing worker ${name} to Kubernetes cluster...\n`);
  call.around.out('This functionality is not yet implemented. Use --export to get the manifest.\n');
  return undefined;
}

function manifestOf(call: Invocation, worker: Entity): string {
  const { env } = call.around;
  const variables: Record<string, string> = {
    CONFIGHUB_WORKER_ID: idOf(worker, 'BridgeWorkerID'),
    CONFIGHUB_URL: env['CONFIGHUB_URL'] ?? '',
    CONFIGHUB_WORKER_PORT: env['CONFIGHUB_WORKER_PORT'] ?? '',
  };
  for (const assignment of call.flags.list('env')) {
    const [name = '', value, ...rest] = assignment.split('=');
    if (value !== undefined && rest.length === 0) variables[name] = value;
  }
  return renderWorkerManifest({
    secret: textOf(worker, 'Secret'),
    workerType: call.flags.text('worker-type'),
    namespace: call.flags.text('namespace'),
    deployment: call.flags.text('deployment-name') || textOf(worker, 'Slug'),
    hostNetwork: call.flags.on('host-network'),
    includeSecret: call.flags.on('include-secret'),
    env: variables,
  });
}

async function createUnit(call: Invocation, manifest: string): Promise<void> {
  const name = call.flags.text('unit');
  const target = call.flags.text('target');
  const targetFields =
    target === '' ? {} : { TargetID: idOf(await findEntity(call, targetKind, target), 'TargetID') };
  const unit = {
    SpaceID: call.space.id,
    Slug: makeSlug(name),
    DisplayName: name,
    ToolchainType: 'Kubernetes/YAML',
    Data: Buffer.from(manifest).toString('base64'),
    ...targetFields,
  };
  const path = `/space/${call.space.id}/unit`;
  const item = entityOf(
    (await call.hub.ask({ method: 'POST', path, body: encodeEntity('Unit', unit) })).value,
  );
  if (call.flags.on('wait')) await awaitTriggers(call, item);
  const draw = (): string => drawUnit(call, item);
  await showChanged(call, { verb: 'created', word: 'unit', name, id: 'UnitID', shape: 'Unit', item, draw });
}
