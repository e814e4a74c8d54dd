/** Help in spf13/cobra's layout. The descriptions are our own; what a script could look for is in the same place. */
import { ROOT, childName, commandSpec, flagsOf } from './commands.ts';
import type { FlagSpec } from './commands.ts';
import flagHelp from './data/flag-help.json' with { type: 'json' };

const FLAG_HELP: Readonly<Record<string, string>> = flagHelp;

/** The text of `--help`. */
export function renderHelp(command: string): string {
  const spec = commandSpec(command);
  const path = command === ROOT ? ROOT : `${ROOT} ${command}`;
  const parts = [`${spec.short}\n`, renderUsage(command, path)];
  if (spec.commands !== undefined) parts.push(`Available Commands:\n${listCommands(command, spec.commands)}`);
  const { own, inherited } = flagsOf(command);
  parts.push(`Flags:\n${listFlags(command, own)}`);
  if (inherited.length > 0) parts.push(`Global Flags:\n${listFlags(command, inherited)}`);
  if (spec.commands !== undefined)
    parts.push(`Use "${path} [command] --help" for more information about a command.\n`);
  return parts.join('\n');
}

function renderUsage(command: string, path: string): string {
  const spec = commandSpec(command);
  const parent = path.split(' ').slice(0, -1).join(' ');
  const own = `  ${parent === '' ? '' : `${parent} `}${spec.use} [flags]\n`;
  return `Usage:\n${spec.group === true ? '' : own}${spec.commands === undefined ? '' : `  ${path} [command]\n`}`;
}

function listCommands(group: string, names: readonly string[]): string {
  const shown = names.filter((name) => commandSpec(childName(group, name)).hidden !== true);
  const width = Math.max(11, ...shown.map((name) => name.length));
  return shown
    .map((name) => `  ${name.padEnd(width)} ${commandSpec(childName(group, name)).short}\n`)
    .join('');
}

function listFlags(command: string, flags: readonly FlagSpec[]): string {
  const heads = flags.map(headOf);
  const width = Math.max(...heads.map((head) => head.length));
  return flags
    .map((flag, at) => `${(heads[at] ?? '').padEnd(width)}   ${describe(command, flag)}\n`)
    .join('');
}

function headOf(flag: FlagSpec): string {
  const short = flag.shorthand === '' ? '      ' : `  -${flag.shorthand}, `;
  return `${short}--${flag.name}${flag.type === 'bool' ? '' : ` ${flag.type}`}`;
}

function describe(command: string, flag: FlagSpec): string {
  if (flag.name === 'help') return `help for ${command.split(' ').at(-1) ?? ''}`;
  const shown = flag.type === 'string' ? `"${flag.value}"` : flag.value;
  return `${FLAG_HELP[flag.name] ?? ''}${flag.value === '' ? '' : ` (default ${shown})`}`;
}
