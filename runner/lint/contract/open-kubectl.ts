/** The contract of `kubectl` from its data: of one version, or of all supported ones together. */
import data from '../data/kubectl.json' with { type: 'json' };
import type { CommandSpec, FlagKind, FlagSpec, Program } from './contract.ts';

interface CommandData {
  /** Versions without it. */
  readonly lacking?: string;
  readonly aliases?: string;
  /** Kind and letter; then the versions without it. */
  readonly flags: Readonly<Record<string, readonly string[]>>;
}

const COMMANDS = data.commands as Readonly<Record<string, CommandData>>;

export const KUBECTL_VERSIONS: readonly string[] = data.versions;

/** Without a version: what any of them accepts. */
export function openKubectl(version?: string): Program {
  const lacks = (list: string | undefined): boolean =>
    version !== undefined && list?.split(' ').includes(version) === true;
  const known = Object.entries(COMMANDS).filter(([, { lacking }]) => !lacks(lacking));
  const paths = known.flatMap(([path, { aliases }]) => [path, ...aliasesOf(path, aliases)]);
  const commands = new Map<string, CommandSpec>();
  for (const [path, { aliases, flags }] of known) {
    const spec = {
      usage: `kubectl ${path}`,
      group: path !== '' && path !== 'apply' && paths.some((other) => other.startsWith(`${path} `)),
      flags: Object.fromEntries(
        Object.entries(flags)
          .filter(([, [, lacking]]) => !lacks(lacking))
          .map(([name, [kind = '']]) => [name, toFlag(kind)]),
      ),
    };
    for (const name of [path, ...aliasesOf(path, aliases)]) {
      commands.set(name, { ...spec, commands: childrenOf(name, paths) });
    }
  }
  const globals = { ...commands.get('')?.flags, help: ['bool', 'h'] } satisfies Record<string, FlagSpec>;
  return { name: 'kubectl', commands, globals: () => globals };
}

function aliasesOf(path: string, aliases = ''): readonly string[] {
  const parent = path.slice(0, path.lastIndexOf(' ') + 1);
  return aliases
    .split(' ')
    .filter((name) => name !== '' && `${parent}${name}` !== path)
    .map((name) => `${parent}${name}`);
}

function childrenOf(path: string, paths: readonly string[]): readonly string[] {
  const prefix = path === '' ? '' : `${path} `;
  return paths.filter(
    (other) => other !== path && other.startsWith(prefix) && !other.slice(prefix.length).includes(' '),
  );
}

function toFlag(text: string): FlagSpec {
  const [kind, short] = text.split(' ');
  return short === undefined ? [kind as FlagKind] : [kind as FlagKind, short];
}
