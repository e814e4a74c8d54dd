/** Clauses that are not written where they are used: a filter keeps one, and a variable may hold what a filter keeps. */
import { cubCalls, type ProgramCall } from '../contract/calls.ts';
import type { LintContext, Page } from '../lint.ts';
import type { ShellWord } from '../shell/shell.ts';
import type { WhereFlag } from '../where/where-flags.ts';
import { whereFlags } from '../where/where-flags.ts';
import { flagOf, given } from './call-text.ts';
import { chainOf } from './symbols.ts';

/** A clause as it was written, and the filter that keeps it. */
export interface Clause {
  readonly shape: string;
  readonly entity: string | undefined;
  /** The flag in which it is used. */
  readonly word: ShellWord;
  /** The name of the filter, if it is kept by one. */
  readonly filter?: string;
}

/** The clause that a flag stands for; undefined where only a run knows. */
export function readClause(
  { flag, entity }: WhereFlag,
  call: ProgramCall,
  page: Page,
  context: LintContext,
): Clause | undefined {
  const word = flag.valueWord;
  if (flag.shape !== '\0') return { shape: flag.shape, entity, word };
  const variable = /^"?\$\{?(\w+)\}?"?$/.exec(word.text)?.[1];
  const source = cubCalls(page, context.contract).findLast(
    (other) =>
      other.path === 'filter get' &&
      other.command.start < call.command.start &&
      flagOf(other, 'jq')?.value === '.Where' &&
      other.command.parents.some((node) => node.type === 'Assignment' && node.name === variable),
  );
  const [name] = source?.args ?? [];
  return name && readFilter(name, word, call, page, context);
}

/** What the filter of a call asks; undefined where no page of the chain says so. */
export function readGivenFilter(call: ProgramCall, page: Page, context: LintContext): Clause | undefined {
  const flag = call.path.startsWith('filter ') ? undefined : flagOf(call, 'filter');
  return flag && readFilter(flag.valueWord, flag.valueWord, call, page, context);
}

function readFilter(
  name: ShellWord,
  word: ShellWord,
  call: ProgramCall,
  page: Page,
  context: LintContext,
): Clause | undefined {
  const own = cubCalls(page, context.contract).filter(({ command }) => command.start < call.command.start);
  const needed = chainOf(page, context).map((other) => cubCalls(other, context.contract));
  const saving = [own, ...needed]
    .map((calls) =>
      calls.findLast((other) => other.path === 'filter create' && slugOf(other.args[0]) === slugOf(name)),
    )
    .find((found) => found !== undefined);
  if (saving === undefined || !isWritten(saving)) return undefined;
  const [where] = whereFlags(saving).filter(({ flag }) => flag.name === 'where');
  const shape = where?.flag.shape ?? '';
  return { shape, entity: saving.args[1]?.value, word, filter: slugOf(name) };
}

/** All of its clause is on this line, and it looks into all spaces. */
function isWritten(call: ProgramCall): boolean {
  return !['from-space', 'from-stdin', 'filename', 'where-field'].some((name) => given(call, name));
}

/** Without the space that it is in, and as it is written where a part is only known when it runs. */
function slugOf(word: ShellWord | undefined): string {
  const text = word?.value ?? word?.text.replaceAll('"', '') ?? '';
  return text.slice(text.lastIndexOf('/') + 1);
}
