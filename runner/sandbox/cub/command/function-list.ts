/** `cub function list`. */
import type { Entity, Invocation } from '../cub.ts';
import { entityOf, flagOf, sortedEntries, textOf } from '../entity.ts';
import { FUNCTIONS_SHAPE, fetchFunctions } from '../functions.ts';
import { hasOtherOutput, headerOf, showData } from '../print.ts';
import { drawTable } from '../table.ts';

const HEADER = ['ToolchainType', 'FunctionName', 'Mutating', 'Validating', 'Description'];

export async function run(call: Invocation): Promise<void> {
  const functions = await fetchFunctions(call);
  const rows = rowsOf(functions, call.flags.text('toolchain'));
  const names = call.flags.on('names');
  if (!call.flags.on('quiet') && !names && !hasOtherOutput(call))
    call.around.out(drawTable(headerOf(call, HEADER), rows));
  if (names)
    call.around.out(
      drawTable(
        undefined,
        rows.map(([, name = '']) => [name]),
      ),
    );
  await showData(call, FUNCTIONS_SHAPE, functions);
}

/** By function name; one toolchain alone if it is named. */
function rowsOf(functions: Entity, wanted: string): (readonly string[])[] {
  const rows = sortedEntries(functions).flatMap(([toolchain, byName]) =>
    wanted === '' || wanted === toolchain
      ? sortedEntries(entityOf(byName)).map(([name, signature]) =>
          rowOf(toolchain, name, entityOf(signature)),
        )
      : [],
  );
  return rows.toSorted(([, a = ''], [, b = '']) => (a < b ? -1 : Number(a > b)));
}

function rowOf(toolchain: string, name: string, signature: Entity): readonly string[] {
  const flags = [flagOf(signature, 'Mutating'), flagOf(signature, 'Validating')].map(String);
  return [toolchain, name, ...flags, textOf(signature, 'Description')];
}
