/** The command table: what exists, what it takes. Data of the measured client plus our own descriptions. */
import type { CommandDescription, CommandSpec, FlagSpec } from './cub.ts';
import table from './data/commands.json' with { type: 'json' };

const COMMANDS = table as unknown as Readonly<Record<string, CommandSpec>>;

export const ROOT = 'cub';

/** Throws if there is no such command: names come from the table itself. */
export function commandSpec(name: string): CommandSpec {
  const spec = COMMANDS[name];
  if (spec === undefined) throw new Error(`no command ${name} in the table`);
  return spec;
}

/** The full name of a group's command. */
export function childName(group: string, word: string): string {
  return group === ROOT ? word : `${group} ${word}`;
}

/** Parses `[-s ]type[=default]`. */
function flagSpec(name: string, spec: string): FlagSpec {
  const [, shorthand = '', type = 'bool', value = ''] = /^(?:-(\w) )?(\w+)(?:=(.*))?$/.exec(spec) ?? [];
  return { name, shorthand, type, value };
}

const HELP: FlagSpec = { name: 'help', shorthand: 'h', type: 'bool', value: '' };
const DEBUG: FlagSpec = { name: 'debug', shorthand: '', type: 'bool', value: '' };
const SPACE: FlagSpec = { name: 'space', shorthand: '', type: 'string', value: '' };

/** True if the command stands in a group with a persistent `--space`. */
export function takesSpace(name: string): boolean {
  return COMMANDS[name.split(' ')[0] ?? '']?.needsSpace === true;
}

/** The flags of a command's own, sorted by name, and those that it inherits. */
export function flagsOf(name: string): {
  readonly own: readonly FlagSpec[];
  readonly inherited: readonly FlagSpec[];
} {
  const { flags, later } = commandSpec(name);
  const own = Object.entries({ ...flags, ...later }).map(([flag, spec]) => flagSpec(flag, spec));
  own.push(HELP);
  const inherited: FlagSpec[] = [];
  (name === ROOT ? own : inherited).push(DEBUG);
  if (takesSpace(name)) (name.includes(' ') ? inherited : own).push(SPACE);
  return { own: own.toSorted((a, b) => (a.name < b.name ? -1 : 1)), inherited };
}

/** All about a command of the table. */
export function describeCommand(name: string): CommandDescription {
  const spec = commandSpec(name);
  const children = (spec.commands ?? [])
    .filter((child) => commandSpec(childName(name, child)).hidden !== true)
    .map((child) => [child, commandSpec(childName(name, child)).short] as const);
  return { name, spec, ...flagsOf(name), children };
}
