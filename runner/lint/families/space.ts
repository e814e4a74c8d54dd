/** contract:space: commands that work in a space, and do not say in which. */
import { cubCalls, type ProgramCall } from '../contract/calls.ts';
import type { Family, LintContext, Page, Rule } from '../lint.ts';
import { flagOf, lineOf } from './call-text.ts';

const RULES: readonly Rule[] = [
  {
    code: 'contract:space',
    title: 'A command without its space',
    severity: 'error',
    explanation:
      'Units, targets, workers and the rest live in a space. Without `--space`, `cub` takes the one that `cub context set` chose; where none was chosen, it stops. On a reader’s machine it may be any.',
    bad: 'cub unit list',
    good: 'cub unit list --space demo',
  },
];

/** Commands that set the space of those that follow. */
const CHOOSERS = new Set(['context set', 'context use', 'auth login', 'auth switch']);

/** Commands of such groups that work without a space. */
const FREE = new Set(['function list', 'function explain', 'worker run']);

export const SPACE_FAMILY: Family = {
  rules: RULES,
  *check(page, context) {
    const calls = cubCalls(page, context.contract);
    let isChosen = calls.length > 0 && choosesEarlier(page, context);
    for (const call of calls) {
      const { cub } = context.contract;
      isChosen ||= chooses(call);
      const isFree = isChosen || call.help || call.open || call.spec.group || FREE.has(call.path);
      if (isFree || cub?.needsSpace.has(call.path.split(' ', 1)[0] ?? '') !== true) continue;
      if (flagOf(call, 'space') !== undefined || call.faults.length > 0) continue;
      const words = call.command.words.slice(0, 1 + call.path.split(' ').length);
      yield {
        code: 'contract:space',
        start: call.command.start,
        end: words.at(-1)?.end ?? call.command.end,
        message: `\`${lineOf(call)}\` works in a space, and neither \`--space\` nor an earlier \`cub context set\` says in which.`,
        hint: 'Add `--space NAME`.',
      };
    }
  },
};

function chooses(call: ProgramCall): boolean {
  return CHOOSERS.has(call.path) && (call.path !== 'context set' || flagOf(call, 'space') !== undefined);
}

/** Chapters that this one needs run before it, in the same home folder. */
function choosesEarlier(page: Page, context: LintContext): boolean {
  if (/context\.json/.test(page.source)) return true;
  const seen = new Set<string>([page.file]);
  const open = [page];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const need of next.chapter.meta.needs) {
      const file = resolveNeed(next.file, need);
      const needed = context.pages.get(file);
      if (needed === undefined || seen.has(file)) continue;
      seen.add(file);
      open.push(needed);
      if (cubCalls(needed, context.contract).some(chooses)) return true;
    }
  }
  return false;
}

/** The file that an entry of `needs` means. */
export function resolveNeed(file: string, need: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of need.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
