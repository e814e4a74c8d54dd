/** contract:command and contract:flag: words and flags that the program does not have. */
import { suggest } from '../../text/suggest.ts';
import meantCommands from '../data/meant-commands.json' with { type: 'json' };
import type { Fault, GivenFlag } from '../contract/call.ts';
import { callsOf, type ProgramCall } from '../contract/calls.ts';
import { lineOf, placeOf } from './call-text.ts';
import type { Family, Finding, Rule } from '../lint.ts';

const RULES: readonly Rule[] = [
  {
    code: 'contract:command',
    title: 'A command that does not exist',
    severity: 'error',
    explanation:
      'After a group such as `cub unit`, an unknown word prints the help of the group and ends with status 0. Nothing happens, and nothing fails, so a script goes on as if it had worked.',
    bad: 'cub unit show web --space demo',
    good: 'cub unit get web --space demo',
  },
  {
    code: 'contract:flag',
    title: 'A flag that does not exist, or has no or a wrong value',
    severity: 'error',
    explanation: 'The command stops at such a flag before it does anything.',
    bad: 'cub unit list --space demo --output json',
    good: 'cub unit list --space demo --json',
  },
];

/** Words that people use for a command of another name. */
const SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  show: ['get', 'describe'],
  describe: ['get'],
  view: ['get'],
  remove: ['delete'],
  rm: ['delete'],
  ls: ['list', 'get'],
  list: ['get'],
  add: ['create'],
  new: ['create'],
  make: ['create'],
  deploy: ['apply'],
  rollback: ['rollout'],
  events: ['list'],
  invoke: ['do'],
  exec: ['do'],
  call: ['do'],
  start: ['run'],
  edit: ['update'],
  patch: ['update'],
  modify: ['update'],
  change: ['update'],
  log: ['logs'],
};

/** Commands that `cub` never had or has no more, and lines that do what is meant by them. */
const MEANT: ReadonlyMap<string, string> = new Map(
  meantCommands.flatMap(({ said, write }) => said.map((command) => [command, write] as const)),
);

/** Flags of other programs or versions, and what says the same here. */
const FLAG_SYNONYMS: Readonly<Record<string, readonly string[]>> = {
  '--output': ['--json', '-o'],
  '-o': ['--json', '--output'],
  '--filter': ['--where'],
  '--selector': ['--where', '-l'],
  '--labels': ['--label', '-l'],
  '--namespace': ['--space'],
  '-n': ['--space', '--namespace'],
  '--description': ['--change-desc'],
  '--message': ['--change-desc'],
  '-m': ['--change-desc'],
  '--upstream': ['--upstream-unit'],
  '--from': ['--upstream-unit'],
  '--from-space': ['--upstream-space'],
  '--from-unit': ['--upstream-unit'],
  '--to-space': ['--dest-space'],
  '--file': ['--filename', '-f'],
  '-f': ['--filename'],
  '--yaml': ['--json', '--data-only'],
  '--format': ['--json', '--output'],
  '--units': ['--unit'],
  '--all': ['--where', '--all-namespaces'],
  '--all-spaces': ['--space'],
  '-A': ['--space'],
};

export const COMMANDS_FAMILY: Family = {
  rules: RULES,
  *check(page, { contract }) {
    for (const call of callsOf(page, contract)) {
      for (const fault of call.faults) yield describeFault(call, fault);
    }
  },
};

function describeFault(call: ProgramCall, fault: Fault): Finding {
  switch (fault.kind) {
    case 'command':
      return describeCommand(call, fault);
    case 'flag':
      return describeFlag(call, fault);
    case 'no-value':
      return {
        code: 'contract:flag',
        ...placeOf(fault.word),
        message: `\`${fault.name}\` needs a value, so \`${lineOf(call)}\` would stop here.`,
        hint: `Write \`${fault.name}=VALUE\`.`,
      };
    case 'bad-value':
      return describeValue(call, fault.flag);
  }
}

type CommandFault = Extract<Fault, { kind: 'command' }>;

function describeCommand(call: ProgramCall, fault: CommandFault): Finding {
  const { name, group, word } = fault;
  const isQuiet = call.program.name === 'cub' && group !== '';
  const why = isQuiet
    ? 'It prints help and ends with status 0, so nothing else would notice.'
    : 'It would stop here.';
  return {
    code: 'contract:command',
    ...placeOf(word),
    message: `There is no command \`${lineOf(call)} ${name}\`. ${why}`,
    hint: findMeant(call, fault) ?? hintFor(call, fault),
  };
}

/** The line for what the word means, which is often another command than one with a similar name. */
function findMeant({ program, path }: ProgramCall, { name }: CommandFault): string | undefined {
  const write = program.name === 'cub' ? MEANT.get(`${path} ${name}`.trim()) : undefined;
  return write && `Did you mean \`${write}\`?`;
}

function hintFor(call: ProgramCall, { name, group }: CommandFault): string {
  const names = call.spec.commands.map((path) => path.slice(path.lastIndexOf(' ') + 1));
  const synonym = SYNONYMS[name] ?? SYNONYMS[suggest(name, Object.keys(SYNONYMS)) ?? ''];
  const isFunction = group === 'function' && /^(?:set|get)-/.test(name);
  const meant = isFunction
    ? `do ${name}`
    : (suggest(name, names) ?? synonym?.find((other) => names.includes(other)));
  return meant === undefined
    ? `Its commands are ${names.toSorted().join(', ')}.`
    : `Did you mean \`${lineOf(call)} ${meant}\`?`;
}

function describeFlag(call: ProgramCall, { name, word }: Extract<Fault, { kind: 'flag' }>): Finding {
  const flags = { ...call.program.globals(call.path), ...call.spec.flags };
  const names = Object.entries(flags).flatMap(([flag, [, short]]) => [
    `--${flag}`,
    ...(short === undefined ? [] : [`-${short}`]),
  ]);
  const long = names.filter((flag) => flag.startsWith('--'));
  const meant =
    FLAG_SYNONYMS[name]?.find((flag) => names.includes(flag)) ??
    (name.length > 2 ? suggest(name, long) : undefined);
  return {
    code: 'contract:flag',
    ...placeOf(word),
    message: `\`${lineOf(call)}\` has no flag \`${name}\`, so it would stop before it does anything.`,
    hint: meant === undefined ? `Its flags are ${long.toSorted().join(', ')}.` : `Did you mean \`${meant}\`?`,
  };
}

function describeValue(call: ProgramCall, { name, spec, value = '', valueWord }: GivenFlag): Finding {
  const wanted = spec[0] === 'int' ? 'a whole number' : 'true or false';
  return {
    code: 'contract:flag',
    ...placeOf(valueWord),
    message: `\`--${name}\` of \`${lineOf(call)}\` takes ${wanted}, not \`${value}\`, so it would stop here.`,
    hint: `Write \`--${name}=${spec[0] === 'int' ? '1' : 'false'}\` or leave it out.`,
  };
}
