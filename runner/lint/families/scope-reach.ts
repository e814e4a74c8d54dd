/** scope:all-spaces, scope:spaces, scope:reads: calls of `cub` whose clauses find more than what is the reader’s own. */
import { cubCalls, type ProgramCall } from '../contract/calls.ts';
import type { Finding, LintContext, Page } from '../lint.ts';
import { valuesOf } from '../symbols/loop-values.ts';
import { findReach, startsWithPrefix, type Prefixed, type Reach } from '../where/find-reach.ts';
import { whereFlags } from '../where/where-flags.ts';
import { flagOf, given, lineOf, placeOf } from './call-text.ts';
import { readClause, readGivenFilter, type Clause } from './saved-clauses.ts';
import { isShownListing } from './shown-listing.ts';
import { chainOf } from './symbols.ts';

/** Commands of `cub` that change what they choose. `unit apply` in all spaces is no working command at all. */
const WRITES =
  /^(?:unit (?:approve|delete|destroy|push-upgrade|refresh|set-target|tag|update)|(?:changeset|filter|invocation|link|set|space|tag|target|trigger|view|worker) (?:delete|update)|unit create|link create|function do)$/;

/** Functions that write; others only read or check. */
const SETTERS = /^(?:set-|delete-|ensure-|patch-|upsert-|replace-|search-replace|reset|yq-i)/;

/** The flags whose clauses say where something is written. What a clone is made of is not changed. */
const CHOOSING = ['where', 'where-space', 'where-from'];
const CHOOSING_CLONES = ['where-space', 'dest-space'];

/** What the calls of a page find. */
export function* checkReach(page: Page, context: LintContext): Iterable<Finding> {
  // Elsewhere the whole organization may well be meant.
  if (page.kind !== 'chapter' && !/\bPREFIX\b|_PREFIX\b/.test(page.source)) return;
  for (const call of cubCalls(page, context.contract)) {
    if (call.help || call.open || call.faults.length > 0) continue;
    if (isWrite(call)) yield* checkWrite(call, page, context);
    else if (isShownListing(call, page)) yield* checkListing(call, page, context);
  }
}

function isWrite(call: ProgramCall): boolean {
  if (!WRITES.test(call.path) || given(call, 'dry-run')) return false;
  const [name] = call.args;
  return call.path !== 'function do' || (name?.value !== undefined && SETTERS.test(name.value));
}

function* checkWrite(call: ProgramCall, page: Page, context: LintContext): Iterable<Finding> {
  const space = flagOf(call, 'space');
  const clauses = findWide(call, page, context);
  if (clauses === undefined) return;
  const saved = clauses.find(({ filter }) => filter !== undefined);
  if (space?.value === '*') {
    yield {
      code: 'scope:all-spaces',
      ...placeOf(saved?.word ?? space.valueWord),
      message: `\`${lineOf(call)}\` would change units in everybody’s spaces, since ${describe(saved)}.`,
      hint: hintFor(saved),
    };
    return;
  }
  const clause =
    flagOf(call, 'where-space') ?? (call.path.startsWith('space ') ? flagOf(call, 'where') : undefined);
  if (clause === undefined) return;
  yield {
    code: 'scope:spaces',
    ...placeOf(clause.valueWord),
    message: `The clause chooses spaces without the reader’s prefix, so \`${lineOf(call)}\` also reaches those of other people.`,
    hint: "Choose by a label that holds the prefix: `Labels.App = '$PREFIX-…'`.",
  };
}

function* checkListing(call: ProgramCall, page: Page, context: LintContext): Iterable<Finding> {
  const clauses = findWide(call, page, context);
  if (clauses === undefined) return;
  const saved = clauses.find(({ filter }) => filter !== undefined);
  yield {
    code: 'scope:reads',
    ...placeOf(saved?.word ?? flagOf(call, 'space')?.valueWord ?? call.command),
    message: `\`${lineOf(call)}\` also lists what others have on a shared hub, since ${describe(saved)}; its output is then not the page’s.`,
    hint: hintFor(saved),
  };
}

function describe(saved: Clause | undefined): string {
  return saved === undefined
    ? 'no clause keeps it to spaces that hold the reader’s prefix'
    : `the clause that the filter \`${saved.filter ?? ''}\` keeps does not keep it to the reader’s spaces`;
}

function hintFor(saved: Clause | undefined): string {
  const of = saved === undefined ? '' : ' of `cub filter create`';
  return `Add to the clause${of} \`Space.Labels.App = '$PREFIX-…'\`, or name one space.`;
}

/** The clauses of a call that surely reaches everybody’s; undefined where one keeps to the reader’s own, or may. */
function findWide(call: ProgramCall, page: Page, context: LintContext): readonly Clause[] | undefined {
  const isClone = call.path === 'unit create';
  const choosing = isClone && flagOf(call, 'where-space') !== undefined ? CHOOSING_CLONES : CHOOSING;
  if (choosing.includes('dest-space') && flagOf(call, 'dest-space') !== undefined) return undefined;
  const kind = call.path.split(' ', 1)[0] ?? '';
  const prefixed = readPrefixed(kind, page, context);
  if (
    flagOf(call, kind)
      ?.shape.split(',')
      .every((name) => startsWithPrefix(name, prefixed)) === true
  )
    return undefined;
  const written = whereFlags(call).filter(({ flag }) => choosing.includes(flag.name));
  const clauses = written.map((where) => readClause(where, call, page, context));
  const filters = flagOf(call, 'filter') === undefined ? [] : [readGivenFilter(call, page, context)];
  const wide: Clause[] = [];
  for (const clause of [...clauses, ...filters]) {
    if (clause === undefined || reachOf(clause, call, prefixed) !== 'everybody') return undefined;
    wide.push(clause);
  }
  return wide;
}

/** The variable of a loop over literal words is known, and not the prefix. */
function reachOf({ shape, word, entity, filter }: Clause, call: ProgramCall, prefixed: Prefixed): Reach {
  const [value] = filter === undefined && shape === word.shape ? valuesOf(call.command, word) : [];
  return findReach(value ?? shape, entity, prefixed);
}

/** What the pages of a chain say of the prefix, for one kind of entity. */
function readPrefixed(kind: string, page: Page, context: LintContext): Prefixed {
  const pages = [page, ...chainOf(page, context)];
  const literal = /\b(?:\w+_)?PREFIX["']?\s*[=:]\s*["']?([a-z][-a-z0-9]*)/g;
  const prefixes = pages.flatMap(({ source }) => [...source.matchAll(literal)].map(([, text = '']) => text));
  const of = kind === 'function' || kind === 'run' ? 'unit' : kind;
  const written = pages
    .flatMap((one) => cubCalls(one, context.contract))
    .filter(({ path }) => path === `${of} create` || path === `${of} update`)
    .flatMap((call) => writtenBy(call, { prefixes }));
  return { prefixes, written: new Set(written) };
}

function writtenBy(call: ProgramCall, prefixed: Pick<Prefixed, 'prefixes'>): readonly string[] {
  const labels = call.flags
    .filter(({ name }) => name === 'label')
    .flatMap(({ shape }) => shape.split(','))
    .flatMap((pair) => {
      const at = pair.indexOf('=');
      return startsWithPrefix(pair.slice(at + 1), prefixed) ? [`Labels.${pair.slice(0, at)}`] : [];
    });
  const name = call.args[0]?.shape ?? '\0';
  const isNamed = name !== '\0' && startsWithPrefix(name, prefixed);
  return [...labels, ...(isNamed ? ['Slug'] : [])];
}
