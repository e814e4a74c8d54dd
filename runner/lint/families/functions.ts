/** contract:function: functions that do not exist, and their parameters. */
import { suggest } from '../../text/suggest.ts';
import { cubCalls, type ProgramCall } from '../contract/calls.ts';
import type { CubContract, FunctionParameter } from '../contract/contract.ts';
import type { Family, Finding, Rule } from '../lint.ts';
import type { ShellWord } from '../shell/shell.ts';
import { given, lineOf, placeOf } from './call-text.ts';

const CODE = 'contract:function';

const RULES: readonly Rule[] = [
  {
    code: CODE,
    title: 'A function that does not exist, or other parameters than it takes',
    severity: 'error',
    explanation:
      'The hub answers with success even if a function is unknown or an argument is wrong: `cub function do` prints SUCCESS false and ends with status 0. `cub run` prints help. Nothing is changed, and nothing fails.',
    bad: 'cub function do set-replica 3 --space demo',
    good: 'cub function do set-replicas 3 --space demo',
  },
];

/** Where the function's name stands among the words, by command. */
const NAME_AT: Readonly<Record<string, number>> = {
  run: 0,
  'function do': 0,
  'function explain': 0,
  'invocation create': 2,
  'trigger create': 3,
};

const VARIADIC = new Set(['set-env']);

/** What a parameter must look like besides its type. */
const SHAPES: Readonly<Record<string, { readonly pattern: RegExp; readonly what: string }>> = {
  'set-image-reference image-reference': {
    pattern: /^[:@\0]/,
    what: 'a tag or digest with its sign, such as `:v2`',
  },
  'set-image-reference-by-uri image-reference': {
    pattern: /^[:@\0]/,
    what: 'a tag or digest with its sign, such as `:v2`',
  },
  'resource-type': { pattern: /[/*\0]/, what: 'a resource type such as `apps/v1/Deployment`' },
  'set-env env-key-value': { pattern: /=|\0/, what: 'NAME=VALUE' },
  'set-container-resources operation': { pattern: /^(?:all|cap|floor)$|\0/, what: '`all`, `cap` or `floor`' },
};

const TYPES: Readonly<
  Record<FunctionParameter['type'], { readonly pattern: RegExp; readonly what: string }>
> = {
  string: { pattern: /^/, what: 'a text' },
  int: { pattern: /^[+-]?\d+$/, what: 'a whole number' },
  bool: { pattern: /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/, what: 'true or false' },
};

export const FUNCTIONS_FAMILY: Family = {
  rules: RULES,
  *check(page, { contract }) {
    for (const call of cubCalls(page, contract)) {
      const { cub } = contract;
      const at = NAME_AT[call.path];
      const name = at === undefined ? undefined : call.args[at];
      if (cub !== undefined && at !== undefined && name?.value !== undefined && !call.open)
        yield* checkFunction(call, cub, name, at);
    }
  },
};

function* checkFunction(call: ProgramCall, cub: CubContract, word: ShellWord, at: number): Iterable<Finding> {
  const name = word.value ?? '';
  const parameters = Object.hasOwn(cub.functions, name) ? cub.functions[name] : undefined;
  if (parameters === undefined) yield unknownFunction(call, cub, word, name);
  else if (!call.help && call.path !== 'function explain')
    yield* checkArguments(call, word, parameters, call.args.slice(at + 1));
}

function unknownFunction(call: ProgramCall, cub: CubContract, word: ShellWord, name: string): Finding {
  const names = Object.keys(cub.functions);
  const near =
    suggest(name, names) ?? names.find((known) => known.endsWith(`-${name}`) || name.endsWith(`-${known}`));
  return {
    code: CODE,
    ...placeOf(word),
    message: `There is no function \`${name}\`. \`${lineOf(call)}\` ends with status 0 all the same, so nothing else would notice.`,
    hint: near === undefined ? 'List them: `cub function list`.' : `Did you mean \`${near}\`?`,
  };
}

function* checkArguments(
  call: ProgramCall,
  word: ShellWord,
  parameters: readonly FunctionParameter[],
  words: readonly ShellWord[],
): Iterable<Finding> {
  const name = word.value ?? '';
  const positional = words.filter(({ shape }) => !isNamed(shape, parameters));
  const named = new Set(words.flatMap(({ shape }) => (isNamed(shape, parameters) ? [namedBy(shape)] : [])));
  const free = parameters.filter(
    (parameter) => !named.has(parameter.name) && !(call.path === 'run' && given(call, parameter.name)),
  );
  const missing = free.slice(positional.length).find(({ required }) => required);
  const extra = VARIADIC.has(name) ? undefined : positional[free.length];
  if (missing !== undefined) {
    yield {
      code: CODE,
      ...placeOf(word),
      message: `The function \`${name}\` needs \`${missing.name}\`; without it nothing is changed.`,
      hint: `Write \`${name} ${parameters.map((parameter) => parameter.name.toUpperCase()).join(' ')}\`.`,
    };
  } else if (extra !== undefined) {
    const takes =
      parameters.length === 0
        ? 'no parameter'
        : parameters.map((parameter) => `\`${parameter.name}\``).join(', ');
    yield {
      code: CODE,
      ...placeOf(extra),
      message: `The function \`${name}\` takes ${takes}; with \`${extra.text}\` besides nothing is changed.`,
      hint: 'Leave it out; a text with blanks is quoted.',
    };
  }
  for (const [index, given] of positional.entries()) {
    const parameter = free[index] ?? (VARIADIC.has(name) ? free.at(-1) : undefined);
    if (parameter !== undefined) yield* checkArgument(name, parameter, given);
  }
}

function isNamed(shape: string, parameters: readonly FunctionParameter[]): boolean {
  return parameters.some((parameter) => shape.startsWith(`--${parameter.name}=`));
}

function namedBy(shape: string): string {
  return shape.slice(2, shape.indexOf('='));
}

function* checkArgument(name: string, parameter: FunctionParameter, word: ShellWord): Iterable<Finding> {
  const own = SHAPES[`${name} ${parameter.name}`] ?? SHAPES[parameter.name];
  const { pattern, what } = own ?? TYPES[parameter.type];
  const value = own === undefined ? word.value : word.shape;
  if (value === undefined || pattern.test(value)) return;
  yield {
    code: CODE,
    ...placeOf(word),
    message: `\`${parameter.name}\` of the function \`${name}\` is ${what}, not \`${word.text}\`; nothing would be changed.`,
    hint: `Write ${what}.`,
  };
}
