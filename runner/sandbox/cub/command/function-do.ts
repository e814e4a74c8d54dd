/** `cub function do`: calls a function on units. A function that fails is told in the text, not in the exit code. */
import type { Entity, Invocation } from '../cub.ts';
import { entitiesOf, idOf, partOf, textOf } from '../entity.ts';
import { Failure, messageOf } from '../failure.ts';
import { parseArguments } from '../function-arguments.ts';
import { drawInvocation, outputOf, valuesOf } from '../function-output.ts';
import { unitKind } from '../kind/unit.ts';
import { getExtended } from '../lookup.ts';
import { encodeEntity } from '../model.ts';
import { hasOtherOutput, say, showData } from '../print.ts';
import { awaitTriggers } from '../units.ts';
import { whereNamed } from '../where.ts';
import { findWorker } from '../workers.ts';

export async function run(call: Invocation): Promise<void> {
  const value = await invoke(call);
  const responses = entitiesOf(value);
  const outputJq = call.flags.text('output-jq');
  if (!hasOtherOutput(call) && outputJq === '')
    call.around.out(responses.map((response) => drawInvocation(call, response)).join(''));
  await showData(call, '[]FunctionInvocationsResponse', value);
  if (outputJq !== '') await showOutputs(call, outputJq, responses);
  if (call.flags.on('output-values-only'))
    for (const response of responses) for (const line of valuesOf(response)) say(call, line);
  if (call.flags.on('wait')) await awaitAll(call, responses);
}

async function invoke(call: Invocation): Promise<unknown> {
  const names = call.flags.list('unit');
  const where = call.flags.text('where');
  if (names.length > 0 && where !== '') throw new Failure('--unit and --where flags are mutually exclusive');
  const everywhere = call.space.id === '*';
  const chosen = names.length > 0 ? whereNamed(names, 'UnitID') : where;
  const request = {
    method: 'POST',
    path: everywhere ? '/function/invoke' : `/space/${call.space.id}/function/invoke`,
    query: { where: chosen, dry_run: call.flags.on('dry-run') ? 'true' : '' },
    body: encodeEntity('FunctionInvocationsRequest', await describeCall(call)),
    readable: [422],
  } as const;
  try {
    return (await call.hub.ask(request)).value;
  } catch (error) {
    if (!everywhere || !(error instanceof Failure)) throw error;
    throw new Failure(`failed to invoke function on org: ${messageOf(error)}`, { cause: error });
  }
}

async function describeCall(call: Invocation): Promise<Entity> {
  const [name = '', ...values] = call.args;
  const worker = call.flags.text('worker');
  return {
    FunctionInvocations: [{ FunctionName: name, Arguments: parseArguments(values) }],
    CastStringArgsToScalars: true,
    UseFunctionWorker: call.flags.on('use-worker'),
    CombineResults: call.flags.on('combine'),
    ChangeDescription: call.flags.text('change-desc'),
    ...(worker === '' ? {} : { BridgeWorkerID: idOf(await findWorker(call, worker), 'BridgeWorkerID') }),
  };
}

async function showOutputs(
  call: Invocation,
  expression: string,
  responses: readonly Entity[],
): Promise<void> {
  const { showJq } = await import('../jq/show.ts');
  for (const response of responses) {
    const output = outputOf(response);
    if (output !== undefined && output.trim() !== 'null') showJq(call, JSON.parse(output), expression);
  }
}

async function awaitAll(call: Invocation, responses: readonly Entity[]): Promise<void> {
  const silent = ['quiet', 'data-only', 'output-only', 'output-values-only'].some((flag) =>
    call.flags.on(flag),
  );
  if (!silent) say(call, 'Awaiting triggers...');
  for (const response of responses) {
    const item = await getExtended(call, unitKind, textOf(response, 'UnitID'), '', idOf(response, 'SpaceID'));
    await awaitTriggers(call, partOf(item, 'Unit'));
  }
}
