/**
 * Checks what was typed against a command's table. `node:util` splits the words; every judgement is made here, because
 * a mistyped option must name the near one and must never be taken for a path.
 */
import { parseArgs } from 'node:util';
import { DURATION_HINT, parseDuration } from '../text/duration.ts';
import { suggest } from '../text/suggest.ts';
import type { CommandInput, CommandSpec, OptionSpec } from './command.ts';
import { HELP_OPTION } from './commands.ts';
import { UsageError } from './usage-error.ts';

type Value = string | number | boolean;

/** The checked input of a command. Throws UsageError. */
export function parseArguments(command: CommandSpec, words: readonly string[]): CommandInput {
  const options = [...command.options, HELP_OPTION];
  const values = new Map<string, Value>();
  const positionals: string[] = [];
  for (const token of splitWords(options, words)) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      positionals.push(token.value);
      continue;
    }
    const option = findOption(command, options, token.name, token.rawName);
    if (values.has(option.name)) throw new UsageError(`${token.rawName} is given twice`);
    values.set(option.name, readValue(option, token.value, token.inlineValue ?? false));
  }
  for (const option of options) {
    if (option.type === 'flag' || option.fallback === undefined || values.has(option.name)) continue;
    values.set(option.name, readValue(option, option.fallback, true));
  }
  if (values.get('help') !== true) checkCount(command, positionals);
  return createInput(options, values, positionals);
}

function splitWords(options: readonly OptionSpec[], words: readonly string[]) {
  const config = options.map((option) => {
    const short = option.short === undefined ? {} : { short: option.short };
    return [option.name, { type: option.type === 'flag' ? 'boolean' : 'string', ...short }] as const;
  });
  return parseArgs({
    args: [...words],
    options: Object.fromEntries(config),
    strict: false,
    allowPositionals: true,
    tokens: true,
  }).tokens;
}

function findOption(
  command: CommandSpec,
  options: readonly OptionSpec[],
  name: string,
  raw: string,
): OptionSpec {
  const option = options.find((known) => known.name === name);
  if (option !== undefined) return option;
  const near = suggest(
    name,
    options.map((known) => known.name),
  );
  const all = `mtx-doc ${command.name} --help lists all options`;
  throw new UsageError(
    `mtx-doc ${command.name} has no option ${raw}`,
    near === undefined ? all : `did you mean --${near}? ${all}`,
  );
}

function readValue(option: OptionSpec, text: string | undefined, inline: boolean): Value {
  const name = `--${option.name}`;
  if (option.type === 'flag') {
    if (text !== undefined) throw new UsageError(`${name} takes no value`);
    return true;
  }
  const what = option.type === 'choice' ? `one of ${option.choices.join(', ')}` : option.value;
  if (text === undefined || text === '') throw new UsageError(`${name} needs a value: ${what}`);
  if (!inline && text.startsWith('-')) {
    throw new UsageError(`${name} needs a value: ${what}`, `if ${text} is the value, write ${name}=${text}`);
  }
  return parseValue(option, name, text);
}

function parseValue(option: Exclude<OptionSpec, { type: 'flag' }>, name: string, text: string): Value {
  switch (option.type) {
    case 'text':
      return text;
    case 'count':
      if (/^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) >= (option.least ?? 1)) return Number(text);
      throw new UsageError(`${name} must be a whole number from ${option.least ?? 1} on, not \`${text}\``);
    case 'duration': {
      const ms = parseDuration(text);
      if (ms !== undefined) return ms;
      throw new UsageError(`${name} is no duration: \`${text}\``, DURATION_HINT);
    }
    case 'choice': {
      if (option.choices.includes(text)) return text;
      const near = suggest(text, option.choices);
      throw new UsageError(
        `${name} must be one of ${option.choices.join(', ')}, not \`${text}\``,
        near === undefined ? undefined : `did you mean ${near}?`,
      );
    }
  }
}

function checkCount({ name, argument }: CommandSpec, given: readonly string[]): void {
  const help = `mtx-doc ${name} --help shows how`;
  const most =
    argument === undefined ? 0 : argument.count === 'many' || argument.count === 'any' ? Infinity : 1;
  if (given.length > most)
    throw new UsageError(`mtx-doc ${name} does not take \`${given[most] ?? ''}\``, help);
  const needsOne = argument?.count === 'one' || argument?.count === 'many';
  if (argument !== undefined && needsOne && given.length === 0) {
    throw new UsageError(`mtx-doc ${name} needs ${argument.name}: ${argument.summary}`, help);
  }
}

function createInput(
  options: readonly OptionSpec[],
  values: ReadonlyMap<string, Value>,
  positionals: readonly string[],
): CommandInput {
  const read = (name: string): Value | undefined => {
    if (!options.some((option) => option.name === name)) throw new Error(`no option is named ${name}`);
    return values.get(name);
  };
  return {
    arguments: positionals,
    flag: (name) => read(name) === true,
    text: (name) => {
      const value = read(name);
      return typeof value === 'string' ? value : undefined;
    },
    number: (name) => {
      const value = read(name);
      return typeof value === 'number' ? value : undefined;
    },
  };
}
