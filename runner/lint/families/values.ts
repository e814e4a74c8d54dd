/** contract:value: values of flags and arguments that the program refuses or takes for something else. */
import { suggest } from '../../text/suggest.ts';
import { callsOf, type ProgramCall } from '../contract/calls.ts';
import type { GivenFlag } from '../contract/call.ts';
import type { Contract } from '../contract/contract.ts';
import type { Family, Finding, Rule } from '../lint.ts';
import type { ShellWord } from '../shell/shell.ts';
import { given, lineOf, placeOf } from './call-text.ts';
import { ENUMS, outputFormats, SLUG_FLAGS, UNIT_FIRST } from './value-tables.ts';

const CODE = 'contract:value';

const RULES: readonly Rule[] = [
  {
    code: CODE,
    title: 'A value of the wrong form',
    severity: 'error',
    explanation:
      'A space is one space or `*` for all, and only some commands can look at all. A name never holds a slash: the space goes into `--space`. A duration has a unit. Words out of a fixed set are spelt as the program spells them.',
    bad: 'cub unit list --space "demo-*"',
    good: `cub unit list --space "*" --where "Space.Slug LIKE 'demo-%'"`,
  },
];

/** What Go reads as a duration. */
const DURATION = /^[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/;

export const VALUES_FAMILY: Family = {
  rules: RULES,
  *check(page, { contract }) {
    for (const call of callsOf(page, contract)) {
      if (call.help) continue;
      for (const flag of call.flags) yield* checkFlag(call, flag, contract);
      if (call.program.name === 'cub') yield* checkArguments(call);
    }
  },
};

function* checkFlag(call: ProgramCall, flag: GivenFlag, contract: Contract): Iterable<Finding> {
  const isCub = call.program.name === 'cub';
  if (isCub && flag.name === 'space') yield* checkSpace(call, flag, contract);
  else if (isCub && SLUG_FLAGS.test(flag.name))
    yield* checkSlug(flag.valueWord, flag.shape, `--${flag.name}`);
  if (flag.name === 'timeout' && (isCub || flag.spec[0] === 'duration')) yield* checkDuration(call, flag);
  if (isCub && flag.name === 'label') yield* checkLabel(flag);
  if (isCub && flag.name === 'filter') yield* checkFilter(flag);
  if (isCub && flag.name === 'resource-type') yield* checkType(flag);
  yield* checkEnum(call, flag);
}

function* checkSpace(
  call: ProgramCall,
  { shape, valueWord }: GivenFlag,
  { cub }: Contract,
): Iterable<Finding> {
  const isOptional = !cub?.needsSpace.has(call.path.split(' ', 1)[0] ?? '');
  if (valueWord.glob) {
    yield bad(
      valueWord,
      'The shell replaces this `*` by the names of files, so cub gets something else.',
      'Quote it: `--space "*"`.',
    );
  } else if (shape === '*') {
    const isAllowed = isOptional || (cub?.everySpace.has(call.path) ?? true);
    if (!isAllowed) yield everySpace(call, valueWord, 'cannot look at all spaces');
    else if (/ (?:delete|update|apply|approve|create)$/.test(call.path) && call.args.length > 0) {
      yield everySpace(call, valueWord, 'with a name looks in one space');
    }
  } else if (/[*?%]/.test(shape)) {
    yield bad(
      valueWord,
      'A space is named in full; patterns are not understood, so no space is found.',
      `Name one space, or ask all: \`--space "*" --where "Space.Slug LIKE '…%'"\`.`,
    );
  } else yield* checkSlug(valueWord, shape, '--space');
}

function everySpace(call: ProgramCall, word: ShellWord, what: string): Finding {
  return bad(
    word,
    `\`${lineOf(call)}\` ${what}, so it refuses \`*\`.`,
    'Name one space, for example `--space "$PREFIX-prod"`.',
  );
}

function* checkSlug(word: ShellWord, shape: string, what: string): Iterable<Finding> {
  if (shape.includes("'")) {
    yield bad(
      word,
      'A name with a quote cannot be looked up: the quote ends the question to the hub.',
      'Leave the quote out.',
    );
  }
  if (!shape.includes('/') || shape.includes('{')) return;
  const [space = '', name = ''] = shape.replaceAll('\0', '…').split('/');
  const hint = what === '--space' ? 'Write the space alone.' : `Write \`${name}\`, and \`--space ${space}\`.`;
  yield bad(
    word,
    `${what === '' ? 'A name' : `\`${what}\``} holds no slash: this is looked up as one name, and is not found.`,
    hint,
  );
}

function* checkDuration(call: ProgramCall, { value, valueWord, name }: GivenFlag): Iterable<Finding> {
  if (value === undefined || DURATION.test(value)) return;
  const meant = /^\d+$/.test(value) ? `${value}s` : '90s` or `2m';
  yield bad(
    valueWord,
    `\`--${name}\` of \`${lineOf(call)}\` is a time with a unit; \`${value}\` is refused.`,
    `Write \`--${name}=${meant}\`.`,
  );
}

/** Without a sign a label has no value; with two it is refused. */
function* checkLabel({ shape, valueWord }: GivenFlag): Iterable<Finding> {
  if (/["\0]/.test(shape)) return;
  const wrong = shape.split(',').find((label) => label.split('=').length > 2 || /^[^=]*:[^=]*$/.test(label));
  if (wrong === undefined) return;
  yield bad(
    valueWord,
    `A label is KEY=VALUE; \`${wrong}\` is another thing.`,
    'Write `--label Environment=prod`; several are separated by commas.',
  );
}

/** `--filter` names a saved filter. */
function* checkFilter({ shape, valueWord }: GivenFlag): Iterable<Finding> {
  if (!/[=<>~]|\sLIKE\s/.test(shape)) return;
  yield bad(
    valueWord,
    '`--filter` is the name of a saved filter; a clause is not found under it.',
    'Write the clause behind `--where`.',
  );
}

function* checkType({ shape, value, valueWord }: GivenFlag): Iterable<Finding> {
  if (value === undefined || shape.includes('/') || shape === '*' || shape === '') return;
  const meant = shape === 'Deployment' ? 'apps/v1/Deployment' : `v1/${shape}`;
  yield bad(
    valueWord,
    `A resource type is written with its group and version; \`${shape}\` matches nothing.`,
    `Write for example \`${meant}\`.`,
  );
}

function* checkEnum(call: ProgramCall, { name, value, valueWord }: GivenFlag): Iterable<Finding> {
  const key = `${lineOf(call)} --${name}`;
  const known = ENUMS.find(({ pattern }) => pattern.test(key))?.values ?? outputFormats(call, name);
  if (known === undefined || value === undefined || value === '') return;
  const word = name === 'output' ? (/^[^=]*/.exec(value)?.[0] ?? value) : value;
  if (known.includes(word)) return;
  const near = suggest(word, known);
  yield bad(
    valueWord,
    `\`--${name}\` of \`${lineOf(call)}\` does not know \`${word}\`, so it would stop here.`,
    near === undefined ? `It knows ${known.join(', ')}.` : `Did you mean \`${near}\`?`,
  );
}

function* checkArguments(call: ProgramCall): Iterable<Finding> {
  const [first, second, third] = call.args;
  const isNumbered = call.path === 'revision get' || call.path === 'mutation get';
  if (isNumbered && second?.value !== undefined && !/^-?\d+$/.test(second.value)) {
    yield bad(
      second,
      `\`${lineOf(call)}\` takes the number of a ${call.path.split(' ', 1)[0] ?? ''}, not \`${second.text}\`.`,
      'Write a number; list them by `list`.',
    );
  }
  if (first !== undefined && UNIT_FIRST.test(call.path)) {
    if (first.shape.includes('*'))
      yield bad(
        first,
        'A name is written in full: `*` is looked up as it stands, and is not found.',
        'Select several by `--where`.',
      );
    else yield* checkSlug(first, first.shape, '');
  }
  if (call.path === 'filter create' && second !== undefined && !given(call, 'patch'))
    yield* checkWord(call, second, 'filter from');
  if (call.path === 'trigger create' && second !== undefined) yield* checkWord(call, second, 'trigger event');
  if (call.path === 'trigger create' && third !== undefined) yield* checkWord(call, third, 'toolchain');
  if (call.path === 'invocation create' && second !== undefined) yield* checkWord(call, second, 'toolchain');
}

function* checkWord(call: ProgramCall, word: ShellWord, key: string): Iterable<Finding> {
  const known = ENUMS.find(({ pattern }) => pattern.test(key))?.values ?? [];
  if (word.value === undefined || known.includes(word.value)) return;
  const near = suggest(word.value, known);
  const hint = near === undefined ? `It knows ${known.join(', ')}.` : `Did you mean \`${near}\`?`;
  yield bad(
    word,
    `\`${lineOf(call)}\` does not know \`${word.text}\` at this place, so it would stop here.`,
    hint,
  );
}

function bad(word: ShellWord, message: string, hint: string): Finding {
  return { code: CODE, ...placeOf(word), message, hint };
}
