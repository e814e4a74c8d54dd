/** Help texts, made from the table of commands. */
import type { CommandSpec, OptionSpec } from './command.ts';
import { COMMANDS, HELP_OPTION } from './commands.ts';

/** What `mtx-doc help` prints. */
export function renderOverview(): string {
  const rows = COMMANDS.map((command) => [usage(command), command.summary] as const);
  return [
    'mtx-doc runs the shell blocks of Markdown chapters and checks that they print what the page shows.',
    '',
    'Commands:',
    ...table(rows),
    '',
    'mtx-doc COMMAND --help shows the options of a command, mtx-doc help format how a chapter is written.',
    'Exit codes: 0 all held, 1 a check failed, 2 usage or chapter error, 3 the world is not ready or broke, 130 interrupted.',
    '',
  ].join('\n');
}

/** What `mtx-doc COMMAND --help` prints. */
export function renderCommandHelp(command: CommandSpec): string {
  const { argument, examples } = command;
  const options = [...command.options, HELP_OPTION].map(
    (option) => [flags(option), describe(option)] as const,
  );
  return [
    `${usage(command)}${command.options.length === 0 ? '' : ' [OPTION…]'}`,
    '',
    `${command.summary.slice(0, 1).toUpperCase()}${command.summary.slice(1)}.`,
    ...(argument === undefined ? [] : ['', ...table([[argument.name, argument.summary]])]),
    '',
    'Options:',
    ...table(options),
    '',
    'Examples:',
    ...table(examples.map((example) => [example.command, example.summary] as const)),
    '',
  ].join('\n');
}

function usage({ name, argument }: CommandSpec): string {
  if (argument === undefined) return `mtx-doc ${name}`;
  const forms = {
    optional: `[${argument.name}]`,
    one: argument.name,
    many: `${argument.name}…`,
    any: `[${argument.name}…]`,
  };
  return `mtx-doc ${name} ${forms[argument.count]}`;
}

function flags(option: OptionSpec): string {
  const short = option.short === undefined ? '    ' : `-${option.short}, `;
  if (option.type === 'flag') return `${short}--${option.name}`;
  return `${short}--${option.name} ${option.type === 'choice' ? option.choices.join('|') : option.value}`;
}

function describe(option: OptionSpec): string {
  if (option.type === 'flag' || option.fallback === undefined) return option.summary;
  return `${option.summary} (default ${option.fallback})`;
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
