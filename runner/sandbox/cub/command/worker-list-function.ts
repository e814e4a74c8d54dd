/** `cub worker list-function`: what a worker said that it can run. Each parameter has a column of its own, with those before it. */
import type { Entity, Invocation } from '../cub.ts';
import { entitiesOf, entityOf, flagOf, idOf, numberOf, sortedEntries, textOf } from '../entity.ts';
import { drawTable } from '../table.ts';
import { findWorker } from '../workers.ts';

const HEADER = [
  'ToolchainType',
  'FunctionName',
  "Req'dParameters",
  'VarArgs',
  'Mutating',
  'Validating',
  'Hermetic',
  'Idempotent',
  'Description',
  'Parameters',
];

export async function run(call: Invocation): Promise<void> {
  const worker = await findWorker(call, call.args[0] ?? '');
  const path = `/space/${call.space.id}/bridge_worker/${idOf(worker, 'BridgeWorkerID')}/function`;
  const functions = entityOf((await call.hub.ask({ method: 'GET', path })).value);
  const rows = sortedEntries(functions).flatMap(([toolchain, byName]) =>
    sortedEntries(entityOf(byName)).map(([name, signature]) => rowOf(toolchain, name, entityOf(signature))),
  );
  call.around.out(
    drawTable(
      HEADER,
      rows.toSorted(([, a = ''], [, b = '']) => (a < b ? -1 : Number(a > b))),
    ),
  );
}

function rowOf(toolchain: string, name: string, signature: Entity): readonly string[] {
  const flags = ['VarArgs', 'Mutating', 'Validating', 'Hermetic', 'Idempotent'];
  const parameters = entitiesOf(signature['Parameters']).map(describeParameter);
  return [
    toolchain,
    name,
    String(numberOf(signature, 'RequiredParameters')),
    ...flags.map((flag) => String(flagOf(signature, flag))),
    textOf(signature, 'Description'),
    ...parameters.map((_, index) => parameters.slice(0, index + 1).join('')),
  ];
}

function describeParameter(parameter: Entity): string {
  const need = flagOf(parameter, 'Required') ? 'req' : 'opt';
  const description = JSON.stringify(textOf(parameter, 'Description'));
  return `${textOf(parameter, 'ParameterName')}:${description}(${need}), `;
}
