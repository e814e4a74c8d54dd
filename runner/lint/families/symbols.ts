/** symbols:*: names that a lesson uses and nothing in its chain of chapters makes. Silent where a name is only known at run time. */
import type { Family, Finding, LintContext, Page, Rule } from '../lint.ts';
import { collectNames, failsOnPurpose, type Mention } from '../symbols/collect-names.ts';
import { mayEqual } from '../symbols/may-equal.ts';
import { suggest } from '../../text/suggest.ts';
import { lineOf, placeOf } from './call-text.ts';
import { resolveNeed } from './space.ts';

const RULES: readonly Rule[] = [
  {
    code: 'symbols:space',
    title: 'A space that no chapter creates',
    severity: 'error',
    explanation:
      'Neither this chapter nor one that it needs creates the space, so the command stops on a reader’s machine. Usually the name is misspelled, or `needs` lacks a chapter.',
    bad: 'cub space create "$PREFIX-traderx"\ncub unit list --space "$PREFIX-tradrx"',
    good: 'cub space create "$PREFIX-traderx"\ncub unit list --space "$PREFIX-traderx"',
  },
  {
    code: 'symbols:entity',
    title: 'A unit, worker, filter … that no chapter creates',
    severity: 'error',
    explanation:
      'The space is one that the chapters create, and nothing puts an entity of this name into it, so the command answers `not found`.',
    bad: 'cub space create demo\ncub unit create web web.yaml --space demo\ncub unit apply wbe --space demo',
    good: 'cub space create demo\ncub unit create web web.yaml --space demo\ncub unit apply web --space demo',
  },
  {
    code: 'symbols:order',
    title: 'Used before it is created',
    severity: 'error',
    explanation: 'The page creates it further down. A reader goes from top to bottom and is stopped here.',
    bad: 'cub unit list --space demo\ncub space create demo',
    good: 'cub space create demo\ncub unit list --space demo',
  },
  {
    code: 'symbols:twice',
    title: 'Created twice',
    severity: 'error',
    explanation: 'The second command is refused, because a name is taken once in its space.',
    bad: 'cub space create demo\ncub space create demo',
    good: 'cub space create demo\ncub unit list --space demo',
  },
];

export const SYMBOLS_FAMILY: Family = {
  rules: RULES,
  *check(page, context) {
    // Scripts and other Markdown may lean on what somebody made by hand.
    if (page.kind !== 'chapter') return;
    const earlier = chainOf(page, context).flatMap((needed) => collectNames(needed, context).made);
    const { made, used } = collectNames(page, context);
    const all = [...earlier, ...made];
    // A chain that makes no space works in one that the reader has.
    if (!all.some(({ kind }) => kind === 'space')) return;
    if (isWhole(page, context)) for (const mention of used) yield* checkUse(page, mention, all, earlier);
    yield* findTwice(page, made);
  },
};

/** The chapters that this one needs, directly or not. */
export function chainOf(page: Page, { pages }: LintContext): readonly Page[] {
  const chain = new Set<Page>();
  const visit = (next: Page): void => {
    for (const need of next.chapter.meta.needs) {
      const needed = pages.get(resolveNeed(next.file, need));
      if (needed === undefined || needed === page || chain.has(needed)) continue;
      chain.add(needed);
      visit(needed);
    }
  };
  visit(page);
  return [...chain];
}

/** False where a chapter that is needed is not at hand, and may make anything: whoever reads the files says so. */
function isWhole(page: Page, context: LintContext): boolean {
  return [page, ...chainOf(page, context)].every(({ file, chapter: { meta } }) =>
    meta.needs.every((need) => context.pages.has(resolveNeed(file, need))),
  );
}

function* checkUse(
  page: Page,
  used: Mention,
  all: readonly Mention[],
  earlier: readonly Mention[],
): Iterable<Finding> {
  const candidates = all.filter((made) => isSame(made, used));
  if (candidates.length > 0) {
    const isLater = candidates.every(
      (made) =>
        made.call.faults.length === 0 &&
        !earlier.includes(made) &&
        made.call.command.start > used.call.command.start,
    );
    if (isLater && page.functions.size === 0 && used.call !== candidates[0]?.call) yield late(used);
    return;
  }
  const { kind, word } = used;
  const names = all.filter((made) => made.kind === kind);
  if (kind === 'space') {
    yield {
      code: 'symbols:space',
      ...placeOf(word),
      message: `No chapter of this chain creates the space \`${plain(word.text)}\`, so \`${lineOf(used.call)}\` would not find it.`,
      hint: hintFor(word.text, names, 'Create it first, or name in `needs` the chapter that does.'),
    };
  } else if (used.space !== undefined && isSpaceOfChain(used.space, all)) {
    yield {
      code: 'symbols:entity',
      ...placeOf(word),
      message: `Nothing creates a ${kind} \`${plain(word.text)}\` in this space, so \`${lineOf(used.call)}\` would not find it.`,
      hint: hintFor(word.text, names, `Create it first with \`cub ${kind} create\`.`),
    };
  }
}

function isSame(made: Mention, used: Mention): boolean {
  if (made.kind !== used.kind || !mayEqual(made.name, used.name)) return false;
  return made.space === undefined || used.space === undefined || mayEqual(made.space, used.space);
}

function isSpaceOfChain(space: NonNullable<Mention['space']>, all: readonly Mention[]): boolean {
  return all.some(({ kind, name }) => kind === 'space' && mayEqual(name, space));
}

function late({ word, kind }: Mention): Finding {
  return {
    code: 'symbols:order',
    ...placeOf(word),
    message: `The ${kind} \`${plain(word.text)}\` is created only further down, so a reader is stopped here.`,
    hint: 'Move the command that creates it up.',
  };
}

function* findTwice(page: Page, made: readonly Mention[]): Iterable<Finding> {
  const first = new Map<string, Mention>();
  for (const mention of made) {
    const { kind, name, space, word } = mention;
    if (name.shape === '\0' || !isPlain(mention)) continue;
    const key = [kind, name.text, space?.text ?? ''].join(' ');
    const before = first.get(key);
    first.set(key, mention);
    if (before === undefined || failsOnPurpose(page, mention.call)) continue;
    if (isDeletedBetween(page, before, mention)) continue;
    yield {
      code: 'symbols:twice',
      ...placeOf(word),
      message: `The ${kind} \`${plain(word.text)}\` was created further up already, so this command is refused.`,
      hint: 'Leave it out, or give another name.',
    };
  }
}

/** A line of its own: not in a loop, a condition, a list of `||` or a function. */
function isPlain({ call: { command } }: Mention): boolean {
  return (
    command.via === undefined &&
    command.parents.every(({ type }) => type === 'Script' || type === 'Statement')
  );
}

/** Any deletion counts: what exactly it takes along is not worth guessing. */
function isDeletedBetween(page: Page, before: Mention, after: Mention): boolean {
  return page.commands.some(
    ({ start, words }) =>
      start > before.call.command.start &&
      start < after.call.command.start &&
      words.some(({ value }) => value === 'delete'),
  );
}

function hintFor(text: string, made: readonly Mention[], otherwise: string): string {
  // What another space has under this very name is no misspelling.
  const others = made.map(({ name }) => plain(name.text)).filter((name) => name !== plain(text));
  const near = suggest(plain(text), others);
  return near === undefined ? otherwise : `Did you mean \`${near}\`?`;
}

function plain(text: string): string {
  return text.replace(/^(["'])(.*)\1$/s, '$2');
}
