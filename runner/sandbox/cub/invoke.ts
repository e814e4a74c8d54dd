/** Calling functions on units, and showing what they gave back: what `function do`, `function exec` and `run` share. */
import type { Entity, Invocation } from './cub.ts';
import { entitiesOf, idOf, partOf, textOf } from './entity.ts';
import { Failure, messageOf } from './failure.ts';
import { drawInvocation, outputOf, valuesOf } from './function-output.ts';
import { unitKind } from './kind/unit.ts';
import { getExtended } from './lookup.ts';
import { encodeEntity } from './model.ts';
import { hasOtherOutput, say, showData } from './print.ts';
import { changesetQuery, filterQuery } from './reference.ts';
import { awaitTriggers } from './units.ts';
import { whereNamed } from './where.ts';
import { findWorker } from './workers.ts';

/** One function with its arguments, as the hub takes it. */
export interface FunctionCall {
  readonly FunctionName: string;
  readonly Arguments: readonly Entity[];
}

/** The expression of `--where`, or of `--unit`. Throws Failure if both are given. */
export function chosenUnits(call: Invocation): string {
  const names = call.flags.list('unit');
  const where = call.flags.text('where');
  if (names.length > 0 && where !== '') throw new Failure('--unit and --where flags are mutually exclusive');
  return names.length > 0 ? whereNamed(names, 'UnitID') : where;
}

/** Calls the functions on the chosen units of the space, or of all spaces. */
export async function invokeFunctions(
  call: Invocation,
  where: string,
  functions: readonly FunctionCall[],
): Promise<unknown> {
  const everywhere = call.space.id === '*';
  const request = {
    method: 'POST',
    path: everywhere ? '/function/invoke' : `/space/${call.space.id}/function/invoke`,
    query: {
      where,
      dry_run: call.flags.on('dry-run') ? 'true' : '',
      where_data: call.flags.text('where-data'),
      resource_type: call.flags.text('resource-type'),
      ...(await filterQuery(call)),
      ...(await changesetQuery(call)),
    },
    body: encodeEntity('FunctionInvocationsRequest', await describeCall(call, functions)),
    readable: [422],
  } as const;
  try {
    return (await call.hub.ask(request)).value;
  } catch (error) {
    if (!everywhere || !(error instanceof Failure)) throw error;
    throw new Failure(`failed to invoke function on org: ${messageOf(error)}`, { cause: error });
  }
}

async function describeCall(call: Invocation, functions: readonly FunctionCall[]): Promise<Entity> {
  const worker = call.flags.text('worker');
  return {
    FunctionInvocations: functions,
    CastStringArgsToScalars: true,
    UseFunctionWorker: call.flags.on('use-worker'),
    CombineResults: call.flags.on('combine'),
    ChangeDescription: call.flags.text('change-desc'),
    ...(worker === '' ? {} : { BridgeWorkerID: idOf(await findWorker(call, worker), 'BridgeWorkerID') }),
  };
}

/** Prints the responses as the flags ask for. A function that failed is told in the text, not in the exit code. */
export async function showResponses(call: Invocation, value: unknown): Promise<void> {
  const responses = entitiesOf(value);
  const outputJq = call.flags.text('output-jq');
  if (!hasOtherOutput(call) && outputJq === '')
    call.around.out(responses.map((response) => drawInvocation(call, response)).join(''));
  await showData(call, '[]FunctionInvocationsResponse', value);
  if (outputJq !== '') await showOutputs(call, outputJq, responses);
  if (call.flags.on('output-values-only'))
    for (const response of responses) for (const line of valuesOf(response)) say(call, line);
}

async function showOutputs(
  call: Invocation,
  expression: string,
  responses: readonly Entity[],
): Promise<void> {
  const { showJq } = await import('./jq/show.ts');
  for (const response of responses) {
    const output = outputOf(response);
    if (output !== undefined && output.trim() !== 'null') showJq(call, JSON.parse(output), expression);
  }
}

/** Waits for the triggers of every unit; `silencers` are the flags that keep this from being said. */
export async function awaitResponses(
  call: Invocation,
  value: unknown,
  silencers: readonly string[],
): Promise<void> {
  if (!silencers.some((flag) => call.flags.on(flag))) say(call, 'Awaiting triggers...');
  for (const response of entitiesOf(value)) {
    const item = await getExtended(call, unitKind, textOf(response, 'UnitID'), '', idOf(response, 'SpaceID'));
    await awaitTriggers(call, partOf(item, 'Unit'));
  }
}
