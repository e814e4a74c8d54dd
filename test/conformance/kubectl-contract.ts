/**
 * Writes `runner/lint/data/kubectl.json`: the commands and flags of each kubectl that is given, read from its own help. What
 * only some versions have names those that lack it. `npm run contract:kubectl -- --kubectl PATH…`
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const TARGET = new URL('../../runner/lint/data/kubectl.json', import.meta.url);

/** Flags that take a value only after `=`; the help does not tell them from others. */
const OPTIONAL = /^(?:dry-run|cascade|validate)$|^(?:insecure-skip-tls-verify|embed-certs|merge)$/;
/** Accepted with a warning and left out of the help. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  'apply create delete patch replace edit annotate label expose scale autoscale rollout set run taint': [
    'record',
  ],
};

interface Command {
  readonly commands: readonly string[];
  readonly aliases: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
}

type Commands = Map<string, Command>;

function help(kubectl: string, words: readonly string[]): string {
  return execFileSync(kubectl, [...words, '--help'], { encoding: 'utf8' });
}

function readAll(kubectl: string): Commands {
  const all: Commands = new Map();
  const visit = (path: readonly string[]): void => {
    const text = help(kubectl, path);
    const commands = readCommands(text);
    all.set(path.join(' '), { commands, aliases: readAliases(text), flags: readFlags(text, path[0] ?? '') });
    for (const name of commands) visit([...path, name]);
  };
  visit([]);
  const options = execFileSync(kubectl, ['options'], { encoding: 'utf8' });
  const root = all.get('');
  if (root !== undefined) all.set('', { ...root, flags: readFlags(options, '') });
  return all;
}

/** The rows of `Available Commands` and of the groups of the overview. */
function readCommands(text: string): readonly string[] {
  const names: string[] = [];
  let inside = false;
  for (const line of text.split('\n')) {
    if (/^[A-Z].*Commands.*:$/.test(line)) inside = true;
    else if (line === '') inside = false;
    else if (inside) names.push(/^ {2}([a-z][\w-]*) /.exec(line)?.[1] ?? '');
  }
  return names.filter((name) => name !== '' && name !== 'options' && name !== 'help');
}

function readAliases(text: string): readonly string[] {
  const [, list = ''] = /^Aliases:\n(.*)$/m.exec(text) ?? [];
  return list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}

function readFlags(text: string, command: string): ReadonlyMap<string, string> {
  const flags = new Map<string, string>();
  for (const [, short = '', name = '', value = ''] of text.matchAll(
    /^ {4}(?:-(\w), )?--([\w-]+)(?:=(.*))?:$/gm,
  )) {
    const kind = kindOf(name, value);
    flags.set(name, short === '' ? kind : `${kind} ${short}`);
  }
  for (const [commands, names] of Object.entries(HIDDEN)) {
    if (commands.split(' ').includes(command)) for (const name of names) flags.set(name, 'bool');
  }
  return flags;
}

function kindOf(name: string, value: string): string {
  if (OPTIONAL.test(name)) return 'optional';
  if (value === 'true' || value === 'false') return 'bool';
  if (/^-?\d+$/.test(value)) return 'int';
  if (/^(?:\d+(?:h|m|s|ms))+$/.test(value)) return 'duration';
  return value.startsWith('[') ? 'strings' : 'string';
}

function versionOf(kubectl: string): string {
  const { clientVersion } = JSON.parse(
    execFileSync(kubectl, ['version', '--client', '-o', 'json'], { encoding: 'utf8' }),
  ) as { clientVersion: { gitVersion: string } };
  return /^v(\d+\.\d+)/.exec(clientVersion.gitVersion)?.[1] ?? '';
}

/** `[kind and letter]`, and the versions that lack it where some do. */
function describe(
  name: string,
  paths: readonly (readonly [string, Commands])[],
  path: string,
): readonly string[] {
  const having = paths.filter(([, all]) => all.get(path)?.flags.has(name) === true);
  const lacking = paths.filter(([, all]) => all.has(path) && all.get(path)?.flags.has(name) !== true);
  const kind = having.at(-1)?.[1].get(path)?.flags.get(name) ?? '';
  return lacking.length === 0 ? [kind] : [kind, lacking.map(([version]) => version).join(' ')];
}

function join(versions: readonly (readonly [string, Commands])[]): object {
  const paths = [...new Set(versions.flatMap(([, all]) => [...all.keys()]))].sort();
  const commands = paths.map((path) => {
    const having = versions.filter(([, all]) => all.has(path));
    const lacking = versions.filter(([, all]) => !all.has(path)).map(([version]) => version);
    const names = [...new Set(having.flatMap(([, all]) => [...(all.get(path)?.flags.keys() ?? [])]))].sort();
    const aliases = [...new Set(having.flatMap(([, all]) => all.get(path)?.aliases ?? []))];
    return [
      path,
      {
        ...(lacking.length > 0 && { lacking: lacking.join(' ') }),
        ...(aliases.length > 0 && { aliases: aliases.join(' ') }),
        flags: Object.fromEntries(names.map((name) => [name, describe(name, versions, path)])),
      },
    ];
  });
  return { versions: versions.map(([version]) => version), commands: Object.fromEntries(commands) };
}

/** A command a line: small, and a new version shows as few changed lines. */
function render(data: object): string {
  const { versions, commands } = data as { versions: readonly string[]; commands: object };
  const rows = Object.entries(commands).map(
    ([path, command]) => `${JSON.stringify(path)}: ${JSON.stringify(command)}`,
  );
  return `{\n"versions": ${JSON.stringify(versions)},\n"commands": {\n${rows.join(',\n')}\n}\n}\n`;
}

const at = process.argv.indexOf('--kubectl');
const binaries = at === -1 ? [] : process.argv.slice(at + 1);
if (binaries.length === 0) throw new Error('name the kubectl of each supported version: --kubectl PATH…');
const versions = binaries
  .map((kubectl) => [versionOf(kubectl), readAll(kubectl)] as const)
  .toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
writeFileSync(TARGET, render(join(versions)));
