/** `cub function do`: calls a function on units. */
import type { Invocation } from '../cub.ts';
import { parseArguments } from '../function-arguments.ts';
import { awaitResponses, chosenUnits, invokeFunctions, showResponses } from '../invoke.ts';

export async function run(call: Invocation): Promise<void> {
  const [name = '', ...words] = call.args;
  const where = chosenUnits(call);
  const value = await invokeFunctions(call, where, [
    { FunctionName: name, Arguments: parseArguments(words) },
  ]);
  await showResponses(call, value);
  if (call.flags.on('wait'))
    await awaitResponses(call, value, ['quiet', 'data-only', 'output-only', 'output-values-only']);
}
