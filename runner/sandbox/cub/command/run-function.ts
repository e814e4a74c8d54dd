/** `cub run <function>`: calls a function with its parameters as flags or in order. */
import type { Entity, Invocation } from '../cub.ts';
import { flagOf, partsOf, textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { readFunctions } from '../function-commands.ts';
import { awaitResponses, chosenUnits, invokeFunctions, showResponses } from '../invoke.ts';

export async function run(call: Invocation): Promise<void> {
  const name = call.command.slice('run '.length);
  const where = chosenUnits(call);
  const signature = (await readFunctions(call.around)).get(name) ?? {};
  const value = await invokeFunctions(call, where, [
    { FunctionName: name, Arguments: describeArguments(call, signature) },
  ]);
  await showResponses(call, value);
  // The help shows no default for --wait, yet the original waits unless told otherwise.
  if (!call.flags.given('wait') || call.flags.on('wait')) await awaitResponses(call, value, ['quiet']);
}

/** Words are texts, whatever the parameter's type; what flags give is typed. */
function describeArguments(call: Invocation, signature: Entity): Entity[] {
  const parameters = partsOf(signature, 'Parameters');
  const given = parameters.flatMap((parameter, at) => {
    const Value = call.args[at] ?? flagValue(call, parameter);
    return Value === undefined ? [] : [{ ParameterName: textOf(parameter, 'ParameterName'), Value }];
  });
  if (!flagOf(signature, 'VarArgs')) return given;
  const ParameterName = textOf(parameters.at(-1) ?? {}, 'ParameterName');
  return [...given, ...call.args.slice(parameters.length).map((Value) => ({ ParameterName, Value }))];
}

function flagValue(call: Invocation, parameter: Entity): string | number | boolean | undefined {
  const name = textOf(parameter, 'ParameterName');
  if (!call.flags.given(name)) {
    if (flagOf(parameter, 'Required')) throw new Failure(`required parameter '${name}' not provided`);
    return undefined;
  }
  const type = textOf(parameter, 'DataType');
  if (type === 'bool') return call.flags.on(name);
  return type === 'int' ? Number(call.flags.text(name)) : call.flags.text(name);
}
