/** Checks a call against the function's signature and brings its arguments into the signature's order. Texts are the original's. */
import type { FunctionArgument, FunctionInvocation } from './functions.ts';
import { checkNumber, checkText } from './constraints.ts';
import { FunctionFailure } from './failure.ts';
import type { Parameter, Signature } from './signature.ts';

/** An argument whose type and value fit its parameter. */
export interface CheckedArgument {
  readonly name: string;
  readonly value: string | number | boolean;
}

/** The arguments in order. Throws FunctionFailure. */
export function checkArguments(
  call: FunctionInvocation,
  signature: Signature,
  castStrings: boolean,
): CheckedArgument[] {
  const parameters = signature.Parameters ?? [];
  checkCount(call, signature, parameters);
  const placed = placeArguments(call, signature, parameters);
  const checked = placed.items.map(({ parameter, name, argument }) => ({
    name,
    value: checkValue(parameter, name, argument.Value, castStrings),
  }));
  return placed.isInOrder ? checked : reorder(call, signature, parameters, checked);
}

function checkCount(
  { Arguments }: FunctionInvocation,
  signature: Signature,
  parameters: readonly Parameter[],
): void {
  const count = Arguments.length;
  const usage = parameters.map((one) => ` ${one.ParameterName} (reqd: ${one.Required}),`).join('');
  if (count < signature.RequiredParameters)
    throw new FunctionFailure(
      `insufficient arguments: got ${count}, expected ${signature.RequiredParameters}:${usage}`,
    );
  if (!signature.VarArgs && count > parameters.length)
    throw new FunctionFailure(`too many arguments: got ${count}, expected ${parameters.length}:${usage}`);
}

interface Placed {
  readonly items: readonly {
    readonly parameter: Parameter;
    readonly name: string;
    readonly argument: FunctionArgument;
  }[];
  readonly isInOrder: boolean;
}

/** Finds each argument's parameter: by its name, else by its position. */
function placeArguments(
  call: FunctionInvocation,
  signature: Signature,
  parameters: readonly Parameter[],
): Placed {
  const { VarArgs } = signature;
  const last = parameters.length - 1;
  const seen = new Set<string>();
  let isInOrder = true;
  let hasUnnamed = false;
  const items = call.Arguments.map((argument, position) => {
    const given = argument.ParameterName ?? '';
    const index = given === '' ? Math.min(position, last) : indexOf(parameters, given, call);
    const parameter = parameters[index];
    if (parameter === undefined)
      throw new FunctionFailure(`function ${call.FunctionName} takes no arguments`);
    const name = parameter.ParameterName;
    if (given === '') hasUnnamed = true;
    else if (index !== position && (!VarArgs || position !== last)) isInOrder = false;
    if (seen.has(name) && (given !== '' || isInOrder))
      checkRepeated(call, VarArgs, name, given !== '', index === last);
    seen.add(name);
    return { parameter, name: given === '' && !isInOrder ? '' : name, argument };
  });
  if (!isInOrder && hasUnnamed)
    throw new FunctionFailure(
      `mix of out-of-order named and unnamed arguments for function ${call.FunctionName}`,
    );
  return { items, isInOrder };
}

function indexOf(parameters: readonly Parameter[], name: string, call: FunctionInvocation): number {
  const index = parameters.findIndex((parameter) => parameter.ParameterName === name);
  if (index >= 0) return index;
  throw new FunctionFailure(`argument ${name} is not a valid parameter of function ${call.FunctionName}`);
}

function checkRepeated(
  call: FunctionInvocation,
  varArgs: boolean,
  name: string,
  isNamed: boolean,
  isLast: boolean,
): void {
  if (varArgs && isLast) return;
  if (!isNamed)
    throw new FunctionFailure(`argument ${name} is not a varargs parameter of function ${call.FunctionName}`);
  throw new FunctionFailure(
    varArgs
      ? `argument ${name} appears multiple times but is not the last argument of function ${call.FunctionName}`
      : `argument ${name} appears multiple times but function ${call.FunctionName} is not varargs`,
  );
}

function reorder(
  call: FunctionInvocation,
  signature: Signature,
  parameters: readonly Parameter[],
  checked: readonly CheckedArgument[],
): CheckedArgument[] {
  for (const { ParameterName: name, Required } of parameters)
    if (Required && !checked.some((argument) => argument.name === name))
      throw new FunctionFailure(`missing required parameter ${name} for function ${call.FunctionName}`);
  const last = parameters.at(-1)?.ParameterName;
  return parameters.flatMap(({ ParameterName: name }) => {
    const found = checked.filter((argument) => argument.name === name);
    return signature.VarArgs && name === last ? found : found.slice(0, 1);
  });
}

function checkValue(
  parameter: Parameter,
  name: string,
  value: unknown,
  castStrings: boolean,
): string | number | boolean {
  const { DataType } = parameter;
  const refuse = (type: string): never => {
    throw new FunctionFailure(`argument ${name} data type ${DataType} is not of type ${type}`);
  };
  if (typeof value === 'string') return checkText(parameter, name, value, castStrings);
  if (typeof value === 'number')
    return DataType === 'int' ? checkNumber(parameter, name, Math.trunc(value)) : refuse('int');
  if (typeof value === 'boolean') return DataType === 'bool' ? value : refuse('bool');
  throw new FunctionFailure(`argument ${name} type ${goType(value)} is not of a supported type`);
}

function goType(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}
