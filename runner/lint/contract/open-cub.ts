/** The contract of `cub` from its data: that of August 2025, and the later one on top of it. */
import data from '../data/cub.json' with { type: 'json' };
import type {
  AttributeKind,
  CommandSpec,
  CubContract,
  Entity,
  FlagKind,
  FlagSpec,
  FunctionParameter,
} from './contract.ts';

interface CommandData {
  readonly usage: string;
  readonly args?: readonly (number | null)[];
  readonly group?: boolean;
  readonly everySpace?: boolean;
  readonly flags?: Readonly<Record<string, readonly string[]>>;
}

type Commands = Readonly<Record<string, CommandData>>;

const BASE = data.commands as Commands;
const LATER_COMMANDS = data.later.commands as Commands;
const LATER_FLAGS = data.later.flags as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Names of the versions, oldest first. */
export const CUB_VERSIONS: readonly string[] = [data.name, data.later.name];

const GLOBALS: Readonly<Record<string, FlagSpec>> = { debug: ['bool'], help: ['bool', 'h'] };
const SPACE_GLOBALS: Readonly<Record<string, FlagSpec>> = { ...GLOBALS, space: ['string'] };

/** The contract of a version. */
export function openCub(version: string): CubContract {
  const isLater = version === data.later.name;
  const all: Commands = isLater ? { ...BASE, ...LATER_COMMANDS } : BASE;
  const paths = Object.keys(all);
  const commands = new Map(
    Object.entries(all).map(([path, command]) => [path, readCommand(path, command, paths, isLater)]),
  );
  const needsSpace = new Set(data.needsSpace);
  return {
    program: {
      name: 'cub',
      commands,
      globals: (path) => (needsSpace.has(path.split(' ', 1)[0] ?? '') ? SPACE_GLOBALS : GLOBALS),
    },
    functions: readFunctions(),
    needsSpace,
    everySpace: new Set(paths.filter((path) => all[path]?.everySpace === true)),
    entities: readEntities(),
  };
}

function readCommand(
  path: string,
  command: CommandData,
  paths: readonly string[],
  isLater: boolean,
): CommandSpec {
  const prefix = path === '' ? '' : `${path} `;
  // `cub run` takes the parameters of its functions as flags.
  const parameters = path === 'run' ? Object.values(data.functions).flat() : [];
  const own = Object.fromEntries(parameters.map(([name = '', type = '']) => [name, [type]]));
  const flags = { ...own, ...command.flags, ...(isLater ? LATER_FLAGS[path] : undefined) };
  const [min, max] = command.args ?? [];
  return {
    usage: command.usage,
    group: command.group === true,
    flags: Object.fromEntries(
      Object.entries(flags).map(([name, [kind, short]]) => [name, toFlag(kind, short)]),
    ),
    commands: paths.filter(
      (other) => other !== path && other.startsWith(prefix) && !other.slice(prefix.length).includes(' '),
    ),
    ...(typeof min === 'number' && max !== undefined && { args: { min, max } }),
  };
}

function toFlag(kind: string | undefined, short: string | undefined): FlagSpec {
  return short === undefined ? [kind as FlagKind] : [kind as FlagKind, short];
}

function readFunctions(): Readonly<Record<string, readonly FunctionParameter[]>> {
  const table = data.functions as Readonly<Record<string, readonly (readonly string[])[]>>;
  return Object.fromEntries(
    Object.entries(table).map(([name, parameters]) => [
      name,
      parameters.map(([parameter = '', type, optional]) => ({
        name: parameter,
        type: type as FunctionParameter['type'],
        required: optional === undefined,
      })),
    ]),
  );
}

function readEntities(): Readonly<Record<string, Entity>> {
  const table = data.entities as Readonly<
    Record<
      string,
      { attributes: Readonly<Record<string, string>>; relations: Readonly<Record<string, string>> }
    >
  >;
  return Object.fromEntries(
    Object.entries(table).map(([type, { attributes, relations }]) => {
      const kinds = Object.entries(attributes).flatMap(([kind, names]) =>
        names.split(' ').map((name) => [name, kind as AttributeKind] as const),
      );
      return [type, { attributes: Object.fromEntries(kinds), relations }];
    }),
  );
}
