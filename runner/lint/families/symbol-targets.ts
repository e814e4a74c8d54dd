/**
 * symbols:target and symbols:target-wait: the name of a worker's target, or its being there, taken for granted. The worker
 * registers it some seconds after it starts, and versions name it differently.
 */
import { cubCalls, type ProgramCall } from '../contract/calls.ts';
import type { Family, Finding, LintContext, Page, Rule } from '../lint.ts';
import type { ShellWord } from '../shell/shell.ts';
import { collectNames, failsOnPurpose } from '../symbols/collect-names.ts';
import { flagOf, placeOf } from './call-text.ts';
import { chainOf } from './symbols.ts';

const RULES: readonly Rule[] = [
  {
    code: 'symbols:target',
    title: 'A target’s name that is assumed',
    severity: 'error',
    explanation:
      'A worker registers its target some seconds after it starts, under a name that it chooses itself: some versions take the worker’s name, others `k8s-` and that name. Ask until `cub target list` shows one, and read the name from there.',
    bad: 'cub worker create agent --space demo\ncub unit set-target web agent --space demo',
    good: `TARGET="$(cub target list --space demo --jq '.[].Target.Slug')"\ncub unit set-target web "$TARGET" --space demo`,
  },
  {
    code: 'symbols:target-wait',
    title: 'A target that nothing waits for',
    severity: 'error',
    explanation:
      'A worker registers its target some seconds after it starts. A page that reads the target at once finds one on a fast day and none on a slow one, and a fixed `sleep` only makes the slow days fewer. Ask until it is there.',
    bad: 'cub worker install agent --space demo --export | kubectl apply -f -\nTARGET="$(cub target list --space demo --jq \'.[].Target.Slug\')"',
    good: '```bash {.run}\ncub target list --space demo --json\n```\n\n```json {.expect match=subset within=60s}\n[{ "Target": { "ProviderType": "Kubernetes" } }]\n```',
  },
];

export const SYMBOL_TARGETS_FAMILY: Family = {
  rules: RULES,
  *check(page, context) {
    if (page.kind !== 'chapter') return;
    const pages = [...chainOf(page, context), page];
    const workers = pages.flatMap((one) => collectNames(one, context).made.filter(isWorker));
    const assumed = new Set(workers.flatMap(({ name: { shape } }) => [shape, `k8s-${shape}`]));
    for (const target of pages.flatMap((one) => createdTargets(one, context))) assumed.delete(target);
    for (const call of cubCalls(page, context.contract)) {
      if (call.help || call.open || failsOnPurpose(page, call)) continue;
      const word = targetOf(call);
      if (word !== undefined && !word.shape.includes('\0') && assumed.has(word.shape)) yield finding(word);
    }
    const hasty = findHasty(page, cubCalls(page, context.contract));
    if (hasty !== undefined) {
      yield {
        code: 'symbols:target-wait',
        ...placeOf(hasty.command),
        message:
          'Nothing waits until the worker has registered its target: it does so some seconds after it starts.',
        hint: 'Before this, ask until it is there: a `cub target list` with an expectation that has `within=60s`.',
      };
    }
  },
};

/** The first call after the worker's start that takes a target, where none before it asks until there is one. */
function findHasty(page: Page, calls: readonly ProgramCall[]): ProgramCall | undefined {
  const started = calls.findIndex(({ path }) => path === 'worker install' || path === 'worker run');
  if (started < 0) return undefined;
  for (const call of calls.slice(started + 1)) {
    const isList = call.path === 'target list';
    if (isList && asksUntil(page, call)) return undefined;
    const takes = (isList && flagOf(call, 'jq') !== undefined) || targetOf(call) !== undefined;
    if (takes && !call.help && !failsOnPurpose(page, call)) return call;
  }
  return undefined;
}

function asksUntil(page: Page, { command }: ProgramCall): boolean {
  const block = page.scripts[command.script]?.block;
  return (
    command.parents.some(({ type }) => type === 'While') ||
    (block?.kind === 'run' && block.expectations.some(({ withinMs }) => withinMs !== undefined))
  );
}

function isWorker({ kind }: { readonly kind: string }): boolean {
  return kind === 'worker';
}

/** A copy is a target of that name too, but one under the name of its origin says nothing of how that one is called. */
function createdTargets(page: Page, { contract }: LintContext): readonly string[] {
  return cubCalls(page, contract).flatMap((call) => {
    const [name] = call.args;
    if (call.path !== 'target create' || name === undefined) return [];
    return flagOf(call, 'from-target')?.shape === name.shape ? [] : [name.shape];
  });
}

/** The word that names a target which must be there. */
function targetOf(call: ProgramCall): ShellWord | undefined {
  if (call.path === 'unit set-target') return call.args[1] ?? call.args[0];
  if (call.path === 'target get') return call.args[0];
  return flagOf(call, call.path === 'target create' ? 'from-target' : 'target')?.valueWord;
}

function finding(word: ShellWord): Finding {
  return {
    code: 'symbols:target',
    ...placeOf(word),
    message: `The target’s name \`${word.shape}\` is assumed: the worker chooses it, and a later version chooses another.`,
    hint: 'Read it, once the worker has registered it: `TARGET="$(cub target list --space … --jq \'.[].Target.Slug\')"`.',
  };
}
