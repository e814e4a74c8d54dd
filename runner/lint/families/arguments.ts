/** contract:args: too few or too many arguments, arguments in the wrong order, and commands that select nothing. */
import type { ProgramCall } from '../contract/calls.ts';
import { callsOf } from '../contract/calls.ts';
import type { Family, Finding, Rule } from '../lint.ts';
import { isSplitWhere } from '../where/where-flags.ts';
import { given, lineOf, placeOf } from './call-text.ts';
import { KUBECTL_NEEDS, SELECTORS, WORD_COUNTS } from './argument-tables.ts';

const CODE = 'contract:args';

const RULES: readonly Rule[] = [
  {
    code: CODE,
    title: 'Too few, too many or swapped arguments',
    severity: 'error',
    explanation:
      'The command stops with a usage error, or takes one name for another. Mind the order: first the unit, then what is done with it. A command on several units says which, by `--unit`, `--where` or `--filter`.',
    bad: 'cub unit set-target "$TARGET" web --space demo',
    good: 'cub unit set-target web "$TARGET" --space demo',
  },
];

export const ARGUMENTS_FAMILY: Family = {
  rules: RULES,
  *check(page, { contract }) {
    const calls = callsOf(page, contract).filter(
      ({ help, faults }) => !help && !faults.some(({ kind }) => kind === 'command'),
    );
    const units = createdBy(calls, 'unit create');
    const targets = createdBy(calls, 'target create');
    for (const call of calls) {
      if (isSplitWhere(call)) continue;
      const finding =
        call.program.name === 'kubectl' ? checkKubectl(call) : (checkCount(call) ?? checkSelection(call));
      if (finding !== undefined) yield finding;
      else yield* checkOrder(call, units, targets);
    }
  },
};

function createdBy(calls: readonly ProgramCall[], path: string): ReadonlySet<string> {
  return new Set(
    calls.flatMap((call) => (call.path === path ? call.args.slice(0, 1).map(({ shape }) => shape) : [])),
  );
}

function tooFew(call: ProgramCall, wanted: string): Finding {
  const [first = call.command, second = first] = call.command.words;
  return {
    code: CODE,
    start: first.start,
    end: Math.max(second.end, call.command.words[call.path.split(' ').length]?.end ?? 0),
    message: `\`${lineOf(call)}\` needs ${wanted}, so it would stop before it does anything.`,
    hint: call.program.name === 'kubectl' ? `Add ${wanted}.` : `Write \`${usageOf(call)}\`.`,
  };
}

function usageOf({ program, path, spec }: ProgramCall): string {
  const parent = path.slice(0, path.lastIndexOf(' ') + 1);
  return program.name === 'kubectl' ? `kubectl ${path}` : `cub ${parent}${spec.usage}`;
}

function checkCount(call: ProgramCall): Finding | undefined {
  const { args, open, spec, path } = call;
  const { min, max } = spec.args ?? { min: 0, max: null };
  const extra = max === null ? undefined : args[max];
  if (extra !== undefined) {
    const most = max === 0 ? 'no argument' : max === 1 ? 'one argument' : `at most ${max ?? 0} arguments`;
    return {
      code: CODE,
      ...placeOf(extra),
      message: `\`${lineOf(call)}\` takes ${most}, so it would stop at \`${extra.text}\`.`,
      hint: `Write \`${usageOf(call)}\`; a text with blanks is quoted.`,
    };
  }
  if (open || args.length >= Math.max(min, 1)) return checkWords(call);
  if (args.length < min) return tooFew(call, min === 1 ? 'an argument' : `${min} arguments`);
  return checkWords(call) ?? (SELECTORS[path] === undefined ? undefined : checkSelection(call));
}

/** Commands that take either nothing (and flags that select) or at least so many words. */
function checkWords(call: ProgramCall): Finding | undefined {
  const least = WORD_COUNTS[call.path];
  if (least === undefined || call.open || call.args.length === 0 || call.args.length >= least)
    return undefined;
  if (call.path.endsWith(' update') && given(call, 'patch')) return undefined;
  if (given(call, 'from-stdin') || given(call, 'filename')) return undefined;
  if (call.path === 'target create' && given(call, 'from-target')) return undefined;
  return tooFew(call, `at least ${least} arguments`);
}

function checkSelection(call: ProgramCall): Finding | undefined {
  const selectors = SELECTORS[call.path];
  if (selectors === undefined || call.open) return undefined;
  const used = call.flags.find(({ name }) => selectors.includes(name));
  const known = selectors.filter((name) => name in call.spec.flags).map((name) => `--${name}`);
  if (call.args.length === 0 && used === undefined) return tooFew(call, `a name, or ${known.join(', ')}`);
  if (call.args.length === 0 || used === undefined) return undefined;
  const isTwice = call.path !== 'unit set-target' || call.args.length > 1;
  if (!isTwice) return undefined;
  return {
    code: CODE,
    ...placeOf(used.word),
    message: `\`${lineOf(call)}\` gets a name and \`--${used.name}\` too, and takes only one of them.`,
    hint: `Leave out \`${call.args[0]?.text ?? ''}\` or \`--${used.name}\`.`,
  };
}

const TARGET_NAME = /target/i;

function* checkOrder(
  call: ProgramCall,
  units: ReadonlySet<string>,
  targets: ReadonlySet<string>,
): Iterable<Finding> {
  const [first, second] = call.args;
  if (call.path !== 'unit set-target' || first === undefined || second === undefined || call.open) return;
  if (units.has(first.shape) && first.value !== undefined) return;
  const isTarget = (text: string, shape: string): boolean => TARGET_NAME.test(text) || targets.has(shape);
  const isSwapped =
    (isTarget(first.text, first.shape) && !isTarget(second.text, second.shape)) ||
    (second.value !== undefined && units.has(second.value));
  if (!isSwapped) return;
  yield {
    code: CODE,
    start: first.start,
    end: second.end,
    message: `Unit and target are swapped: \`${first.text}\` would be looked up as a unit, and is not found.`,
    hint: `First the unit, then the target: \`${second.text} ${first.text}\`.`,
    fix: { start: first.start, end: second.end, text: `${second.text} ${first.text}` },
  };
}

function checkKubectl(call: ProgramCall): Finding | undefined {
  const needs = KUBECTL_NEEDS[call.path];
  if (needs === undefined || call.open) return undefined;
  const { flags = [], words = 0, what } = needs;
  if (flags.some((name) => given(call, name))) return undefined;
  const isShort = words === 0 ? flags.length > 0 : call.args.length < words;
  return isShort ? tooFew(call, what) : undefined;
}
