/** The names of spaces and of what is in them that a page makes and uses, read from its calls of `cub`. */
import { cubCalls, type ProgramCall } from '../contract/calls.ts';
import { flagOf } from '../families/call-text.ts';
import type { LintContext, Page } from '../lint.ts';
import type { ShellWord } from '../shell/shell.ts';
import type { NameWord } from './may-equal.ts';

/** A name where it stands. */
export interface Mention {
  /** `space`, `unit`, `worker` … */
  readonly kind: string;
  readonly name: NameWord;
  /** Absent for a space, and where it is not said. */
  readonly space?: NameWord;
  readonly word: ShellWord;
  readonly call: ProgramCall;
}

export interface Names {
  readonly made: readonly Mention[];
  readonly used: readonly Mention[];
}

/** Stands for any name. */
const ANY: NameWord = { text: '', shape: '\0' };

/** Kinds that a page makes by `cub KIND create NAME`. Workers register targets themselves, and a changeset makes its tags. */
const KINDS = new Set(['changeset', 'filter', 'trigger', 'unit', 'view', 'worker']);

/** What comes after a kind and is followed by the name of one that is there. */
const USES =
  /^(?:apply|approve|delete|destroy|diff|edit|get|get-envs|get-secret|install|refresh|set-target|update)$/;

/** Listings of what a unit has. */
const OF_UNIT = /^(?:mutation|revision|unit-event) (?:list|get)$/;

const SPACE_FLAGS = ['space', 'dest-space', 'upstream-space', 'from-target-space', 'to-space'];

const known = new WeakMap<Page, Names>();

/** Blocks that do not run, and blocks whose failure is expected, use nothing. */
export function collectNames(page: Page, context: LintContext): Names {
  const names = known.get(page) ?? readNames(page, context);
  known.set(page, names);
  return names;
}

function readNames(page: Page, context: LintContext): Names {
  const calls = cubCalls(page, context.contract).filter(
    (call) => !call.help && page.scripts[call.command.script]?.block.kind !== 'skip',
  );
  const careful = calls.filter(
    (call) => !call.open && call.faults.length === 0 && !failsOnPurpose(page, call),
  );
  return { made: calls.flatMap(readMade), used: careful.flatMap(readUsed) };
}

/** A block that shows a refusal. */
export function failsOnPurpose(page: Page, { command }: ProgramCall): boolean {
  const block = page.scripts[command.script]?.block;
  return block?.kind === 'run' && block.expectations.some(({ exit }) => exit !== 0);
}

function readMade(call: ProgramCall): readonly Mention[] {
  const [kind = '', verb = ''] = call.path.split(' ');
  const word = call.args[0] ?? call.command.words[0];
  if (word === undefined) return [];
  const mention = (name: NameWord, space?: NameWord): Mention => ({
    kind,
    name,
    word,
    call,
    ...(space === undefined ? {} : { space }),
  });
  // What a command would make that does not exist, nobody knows: what is missing then is the same mistake once more.
  if (call.faults.some((fault) => fault.kind === 'command'))
    return (kind === '' ? ['space', ...KINDS] : [kind]).map((of) => ({ ...mention(ANY), kind: of }));
  if (kind === 'space' && (verb === 'create' || verb === 'new-prefix'))
    return [mention(verb === 'create' && call.args.length === 1 && !call.open ? word : ANY)];
  if (call.path === 'unit import') return [mention(ANY, spaceOf(call))];
  if (!KINDS.has(kind) || verb !== 'create') return [];
  if (call.args.length > 0) return [mention(word, call.open ? ANY : spaceOf(call))];
  const several = flagOf(call, kind);
  const copies =
    several === undefined || flagOf(call, 'name-prefix') !== undefined ? [ANY] : listOf(several.shape);
  return copies.map((name) => mention(name, ANY));
}

function spaceOf(call: ProgramCall): NameWord | undefined {
  return flagOf(call, 'space')?.valueWord;
}

function listOf(shape: string): readonly NameWord[] {
  return shape.split(',').map((name) => ({ text: name, shape: name }));
}

function readUsed(call: ProgramCall): readonly Mention[] {
  const [kind = '', verb = ''] = call.path.split(' ');
  const [first, second, third, fourth] = call.args;
  const space = spaceOf(call);
  const at = (name: ShellWord | undefined, of: string, place: NameWord | undefined): readonly Mention[] =>
    name === undefined || name.many || isId(name)
      ? []
      : [{ kind: of, name, word: name, call, ...(place === undefined ? {} : { space: place }) }];
  const spaces = SPACE_FLAGS.flatMap((flag) => {
    const given = flagOf(call, flag);
    return given === undefined || given.shape === '*' || given.valueWord === given.word
      ? []
      : at(given.valueWord, 'space', undefined);
  });
  if (kind === 'space') return USES.test(verb) ? [...spaces, ...at(first, 'space', undefined)] : spaces;
  if (call.path === 'link create' && fourth !== undefined)
    return [
      ...spaces,
      ...at(fourth, 'space', undefined),
      ...at(second, 'unit', space),
      ...at(third, 'unit', fourth),
    ];
  if (OF_UNIT.test(call.path)) return [...spaces, ...at(first, 'unit', space)];
  const isOne =
    KINDS.has(kind) && USES.test(verb) && (call.path !== 'unit set-target' || second !== undefined);
  const upstream = flagOf(call, 'upstream-unit')?.valueWord;
  const from = flagOf(call, 'upstream-space')?.valueWord ?? space;
  return [...spaces, ...(isOne ? at(first, kind, space) : []), ...at(upstream, 'unit', from)];
}

function isId({ shape }: ShellWord): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(shape) || shape.includes('/');
}
