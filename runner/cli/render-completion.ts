/** Completion scripts, made from the table of commands, so that they cannot lag behind it. */
import type { CommandSpec, Completion, OptionSpec } from './command.ts';
import { COMMANDS, HELP_OPTION } from './commands.ts';
import { quoteWord } from '../text/shell-word.ts';

const NAMES = COMMANDS.map(({ name }) => name).join(' ');

/** A script for bash 4.4 and later. */
export function renderBash(): string {
  return [
    '_mtx_doc() {',
    '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words="" files=""',
    '  COMPREPLY=()',
    `  if ((COMP_CWORD == 1)); then words="${NAMES} --help --version"; else`,
    '  case "${COMP_WORDS[1]}:$before" in',
    ...COMMANDS.flatMap((command) => command.options.flatMap((option) => bashValue(command.name, option))),
    '  *)',
    '    case "${COMP_WORDS[1]}" in',
    ...COMMANDS.map(bashCommand),
    '    esac ;;',
    '  esac; fi',
    '  mapfile -t COMPREPLY < <(',
    '    compgen -W "$words" -- "$word"',
    '    [[ -n $files && $word != -* ]] && compgen -f -- "$word"',
    '  )',
    '}',
    'complete -o filenames -F _mtx_doc mtx-doc',
    '',
  ].join('\n');
}

function bashValue(command: string, option: OptionSpec): readonly string[] {
  const values = valuesOf(option);
  if (values === undefined) return [];
  const action = values === 'files' ? 'files=1' : `words="${values.join(' ')}"`;
  return [`  ${command}:--${option.name}) ${action} ;;`];
}

function bashCommand({ name, argument, options }: CommandSpec): string {
  const flags = [...options, HELP_OPTION].map((option) => `--${option.name}`);
  const words = [...flags, ...(Array.isArray(argument?.completion) ? argument.completion : [])].join(' ');
  return `    ${name}) words="${words}"${argument?.completion === 'files' ? ' files=1' : ''} ;;`;
}

/** A script for zsh with compinit. */
export function renderZsh(): string {
  return [
    '#compdef mtx-doc',
    '_mtx_doc() {',
    '  local -a commands=(',
    ...COMMANDS.map(({ name, summary }) => `    ${quoteWord(`${name}:${summary}`)}`),
    '  )',
    '  if ((CURRENT == 2)); then _describe command commands; return; fi',
    '  local command="${words[2]}"',
    '  shift words; ((CURRENT--))',
    '  case "$command" in',
    ...COMMANDS.map(zshCommand),
    '  esac',
    '}',
    'compdef _mtx_doc mtx-doc',
    '',
  ].join('\n');
}

function zshCommand({ name, argument, options }: CommandSpec): string {
  const specs = [...options, HELP_OPTION].map(zshOption);
  const completion = argument?.completion;
  const rest =
    completion === undefined ? [] : [quoteWord(`*:${argument?.name ?? ''}:${zshAction(completion)}`)];
  return `  ${name}) _arguments ${[...specs, ...rest].join(' ')} ;;`;
}

function zshOption(option: OptionSpec): string {
  const text = option.summary.replaceAll(/[[\]:]/g, String.raw`\$&`);
  if (option.type === 'flag') return quoteWord(`--${option.name}[${text}]`);
  const values = valuesOf(option);
  return quoteWord(`--${option.name}=[${text}]:value:${values === undefined ? '' : zshAction(values)}`);
}

function zshAction(values: Completion): string {
  return values === 'files' ? '_files' : `(${values.join(' ')})`;
}

/** A script for fish. */
export function renderFish(): string {
  const lines = COMMANDS.flatMap((command) => {
    const on = `complete -c mtx-doc -n ${quoteWord(`__fish_seen_subcommand_from ${command.name}`)}`;
    const words = command.argument?.completion;
    return [
      `complete -c mtx-doc -n __fish_use_subcommand -f -a ${command.name} -d ${quoteWord(command.summary)}`,
      ...[...command.options, HELP_OPTION].map((option) => `${on} -l ${option.name}${fishValue(option)}`),
      ...(Array.isArray(words) ? [`${on} -f -a ${quoteWord(words.join(' '))}`] : []),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function fishValue(option: OptionSpec): string {
  const values = valuesOf(option);
  const needs =
    option.type === 'flag' ? '' : Array.isArray(values) ? ` -x -a ${quoteWord(values.join(' '))}` : ' -r';
  return `${needs} -d ${quoteWord(option.summary)}`;
}

function valuesOf(option: OptionSpec): Completion | undefined {
  if (option.type === 'flag') return undefined;
  return option.type === 'choice' ? option.choices : option.completion;
}
