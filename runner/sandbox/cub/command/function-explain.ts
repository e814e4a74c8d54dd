/** `cub function explain`: how a function is called, and what it does. */
import type { Entity, Invocation } from '../cub.ts';
import { flagOf, hasPart, numberOf, partOf, partsOf, textOf } from '../entity.ts';
import { Failure } from '../failure.ts';
import { fetchFunctions } from '../functions.ts';
import { rowIf } from '../kind/details.ts';
import { drawDetails } from '../print.ts';
import { drawTable } from '../table.ts';

const HEADER = ['Parameter', 'Name', 'Data-Type', 'Required', 'Description', 'Example', 'Constraint'];

export async function run(call: Invocation): Promise<void> {
  const [name = ''] = call.args;
  const toolchain = call.flags.text('toolchain');
  const functions = await fetchFunctions(call);
  if (!hasPart(functions, toolchain)) throw new Failure(`Toolchain ${toolchain} not found`);
  const byName = partOf(functions, toolchain);
  if (!hasPart(byName, name)) throw new Failure(`Function ${name} not found`);
  const signature = partOf(byName, name);
  const parameters = partsOf(signature, 'Parameters');
  call.around.out(`${usageOf(name, signature, parameters)}\n\n`);
  call.around.out(drawDetails(rowsOf(toolchain, name, signature)));
  call.around.out(drawTable(HEADER, parameters.map(parameterRow)));
}

function usageOf(name: string, signature: Entity, parameters: readonly Entity[]): string {
  const words = parameters.map((parameter) => {
    const word = textOf(parameter, 'ParameterName');
    return flagOf(parameter, 'Required') ? `<${word}>` : `[--${word}=${textOf(parameter, 'DataType')}]`;
  });
  const more = flagOf(signature, 'VarArgs') ? ['...'] : [];
  return ['Usage: cub function do --', name, ...words, ...more].join(' ');
}

function rowsOf(toolchain: string, name: string, signature: Entity): (readonly [string, string])[] {
  const flags = [
    ['Varargs', 'VarArgs'],
    ['Mutating', 'Mutating'],
    ['Validating', 'Validating'],
    ['Hermetic', 'Hermetic'],
    ['Idempotent', 'Idempotent'],
  ] as const;
  const types = signature['AffectedResourceTypes'];
  return [
    ['Toolchain Type', toolchain],
    ['Function Name', name],
    ['Description', textOf(signature, 'Description')],
    ['Required Parameters', String(numberOf(signature, 'RequiredParameters'))],
    ...flags.map(([label, field]) => [label, String(flagOf(signature, field))] as const),
    ...rowIf('Function Type', textOf(signature, 'FunctionType')),
    ...rowIf('Attribute Name', textOf(signature, 'AttributeName')),
    ...rowIf('Affected Resource Types', Array.isArray(types) ? types.map(String).join(', ') : ''),
  ];
}

function parameterRow(parameter: Entity, at: number): readonly string[] {
  const texts = ['Description', 'Example', 'Regexp'].map((field) => textOf(parameter, field));
  const required = flagOf(parameter, 'Required') ? 'required' : 'optional';
  return [String(at), textOf(parameter, 'ParameterName'), textOf(parameter, 'DataType'), required, ...texts];
}
