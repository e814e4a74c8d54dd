/** `cub trigger create <slug> <event> <toolchain> <function> [<argument>…]`. */
import { createEntity, refuseBulkCreate } from '../create.ts';
import type { Invocation } from '../cub.ts';
import { idOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { parseArguments } from '../function-arguments.ts';
import { triggerKind } from '../kind/trigger.ts';
import { findWorker } from '../workers.ts';

export async function run(call: Invocation): Promise<void> {
  refuseBulkCreate(call, ['where', 'trigger', 'dest-space', 'where-space', 'name-prefix']);
  const [name = '', event, toolchain, functionName, ...values] = call.args;
  if (functionName === undefined)
    throw new Failure(
      'single trigger creation requires: <slug> <event> <config type> <function> [arguments...]',
    );
  const worker = call.flags.text('worker');
  const fields: Record<string, unknown> = {
    Event: event,
    ToolchainType: toolchain,
    FunctionName: functionName,
    Arguments: parseArguments(values),
  };
  if (call.flags.on('disable')) fields['Disabled'] = true;
  if (call.flags.on('enforce')) fields['Enforced'] = true;
  if (worker !== '') fields['BridgeWorkerID'] = idOf(await findWorker(call, worker), 'BridgeWorkerID');
  await createEntity(call, { kind: triggerKind, name, fields });
}
