/** Help in spf13/cobra's layout. The descriptions are our own; what a script could look for is in the same place. */
import { ROOT } from './commands.ts';
import type { CommandDescription, FlagSpec } from './cub.ts';
import flagHelp from './data/flag-help.json' with { type: 'json' };

const FLAG_HELP: Readonly<Record<string, string>> = flagHelp;

/** The text of `--help`. */
export function renderHelp(command: CommandDescription): string {
  const { name, spec, own, inherited, children } = command;
  const path = name === ROOT ? ROOT : `${ROOT} ${name}`;
  const parts = [`${spec.short}\n`, renderUsage(command, path)];
  if (children.length > 0) parts.push(`Available Commands:\n${listCommands(children)}`);
  parts.push(`Flags:\n${listFlags(name, own)}`);
  if (inherited.length > 0) parts.push(`Global Flags:\n${listFlags(name, inherited)}`);
  if (children.length > 0)
    parts.push(`Use "${path} [command] --help" for more information about a command.\n`);
  return parts.join('\n');
}

function renderUsage({ spec, children }: CommandDescription, path: string): string {
  const parent = path.split(' ').slice(0, -1).join(' ');
  const own = `  ${parent === '' ? '' : `${parent} `}${spec.use} [flags]\n`;
  return `Usage:\n${spec.group === true ? '' : own}${children.length === 0 ? '' : `  ${path} [command]\n`}`;
}

function listCommands(children: CommandDescription['children']): string {
  const width = Math.max(11, ...children.map(([name]) => name.length));
  return children.map(([name, short]) => `  ${name.padEnd(width)} ${short}\n`).join('');
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
