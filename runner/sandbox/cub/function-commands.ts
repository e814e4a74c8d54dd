/** The commands below `cub run`: one per function that the last `function list` (or login) wrote to functions.json. */
import { readFile } from 'node:fs/promises';
import { describeCommand } from './commands.ts';
import type { CommandDescription, Entity, FlagSpec, Surroundings } from './cub.ts';
import { entityOf, flagOf, partOf, partsOf, sortedEntries, textOf } from './entity.ts';
import { stepInto } from './find.ts';
import type { Found } from './find.ts';
import { localFile } from './local-files.ts';

/** The signatures by name. A function that several toolchains have is taken from the first. None without the file. */
export async function readFunctions(around: Surroundings): Promise<ReadonlyMap<string, Entity>> {
  const saved = await readFile(localFile(around, 'functions.json'), 'utf8')
    .then((text) => entityOf(JSON.parse(text)))
    .catch(() => ({}));
  const functions = new Map<string, Entity>();
  for (const [, byName] of sortedEntries(partOf(saved, 'builtin')))
    for (const [name, signature] of sortedEntries(entityOf(byName)))
      if (!functions.has(name)) functions.set(name, entityOf(signature));
  return functions;
}

/** `run` itself, or the function that its words name. */
export async function findFunction(
  around: Surroundings,
  run: Found,
): Promise<{ readonly description: CommandDescription; readonly words: readonly string[] }> {
  const functions = await readFunctions(around);
  const step = stepInto(run, [...functions.keys()]);
  if (step === undefined) return { description: describeRun(functions), words: run.words };
  const name = step.command.slice('run '.length);
  return { description: describeFunction(name, functions.get(name) ?? {}), words: step.words };
}

function describeRun(functions: ReadonlyMap<string, Entity>): CommandDescription {
  const children = [...functions]
    .map(([name, signature]) => [name, describe(signature)] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { ...describeCommand('run'), children };
}

/** These flags are `run`'s alone. */
const OWN_OF_RUN = ['reload', 'reset', 'help'];

function describeFunction(name: string, signature: Entity): CommandDescription {
  const run = describeCommand('run');
  const help = run.own.filter((flag) => flag.name === 'help');
  return {
    name: `run ${name}`,
    spec: { use: name, short: describe(signature), needsSpace: true },
    own: [...partsOf(signature, 'Parameters').map(parameterFlag), ...help].toSorted(byName),
    inherited: [...run.own.filter((flag) => !OWN_OF_RUN.includes(flag.name)), ...run.inherited].toSorted(
      byName,
    ),
    children: [],
  };
}

function parameterFlag(parameter: Entity): FlagSpec {
  const type = textOf(parameter, 'DataType');
  return {
    name: textOf(parameter, 'ParameterName'),
    shorthand: '',
    type: type === 'int' || type === 'bool' ? type : 'string',
    value: '',
  };
}

function byName(a: FlagSpec, b: FlagSpec): number {
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

function describe(signature: Entity): string {
  const text = textOf(signature, 'Description').trim().replace(/\.$/, '');
  const kind = (field: string): string => (flagOf(signature, field) ? ` ${field}.` : '');
  return `${text}.${kind('Mutating')}${kind('Validating')}`;
}
