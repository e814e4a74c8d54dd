/** contract:behaviour: commands that are accepted, and do nothing or something else. */
import { cubCalls, type ProgramCall } from '../contract/calls.ts';
import type { Family, Finding, Page, Rule } from '../lint.ts';
import type { ShellWord } from '../shell/shell.ts';
import { flagOf, given, placeOf } from './call-text.ts';

const CODE = 'contract:behaviour';

const RULES: readonly Rule[] = [
  {
    code: CODE,
    title: 'A command that is accepted and does something else',
    severity: 'error',
    explanation:
      'Some forms look right, end with status 0 and do not do what they say: `cub worker install` without `--export` only prints a remark, an exported worker without its secret never becomes ready, `cub space set` sets nothing, and JSON behind `--patch` is taken for the name of a file.',
    bad: 'cub worker install worker --space demo',
    good: 'cub worker install worker --space demo --export --include-secret | kubectl apply -f -',
  },
];

export const BEHAVIOUR_FAMILY: Family = {
  rules: RULES,
  *check(page, { contract }) {
    const calls = cubCalls(page, contract);
    const exportsSecret = calls.some(
      (call) => given(call, 'export-secret-only') || call.path === 'worker get-secret',
    );
    for (const call of calls) {
      if (call.help) continue;
      yield* checkInstall(page, call, exportsSecret);
      yield* checkInlineBody(call);
      yield* checkQuietly(call);
    }
  },
};

function finding(
  word: { readonly start: number; readonly end: number },
  message: string,
  hint: string,
): Finding {
  return { code: CODE, ...placeOf(word), message, hint };
}

function* checkInstall(page: Page, call: ProgramCall, exportsSecret: boolean): Iterable<Finding> {
  if (call.path !== 'worker install' || call.open) return;
  const [, , word = call.command] = call.command.words;
  const isExported = given(call, 'export') || given(call, 'export-secret-only');
  if (!isExported && !given(call, 'unit')) {
    yield finding(
      { start: call.command.start, end: word.end },
      '`cub worker install` without `--export` only prints that it is not implemented, and ends with status 0: no worker starts.',
      'Write `cub worker install … --export --include-secret | kubectl apply -f -`.',
    );
  } else if (
    given(call, 'export') &&
    !given(call, 'include-secret') &&
    !exportsSecret &&
    isApplied(page, call)
  ) {
    yield finding(
      flagOf(call, 'export')?.word ?? call.command,
      'This manifest holds no secret, so the worker that it starts cannot log in and never becomes ready.',
      'Add `--include-secret`, or apply what `--export-secret-only` prints as well.',
    );
  }
}

/** Only a manifest that is piped on is surely meant to run; one in a file may be completed by hand. */
function isApplied(page: Page, { command }: ProgramCall): boolean {
  const pipeline = command.parents.findLast(({ type }) => type === 'Pipeline');
  if (pipeline === undefined) return false;
  const at = page.scripts[command.script]?.at;
  if (at === undefined) return false;
  return page.commands.some(
    (other) =>
      other.name === 'kubectl' &&
      other.start > command.start &&
      other.start < at(pipeline.end) &&
      other.script === command.script,
  );
}

function* checkInlineBody(call: ProgramCall): Iterable<Finding> {
  const body = call.args.find(({ shape }) => /^\s*(?:\{\s*["'\0}]|\[\s*[{"])/.test(shape));
  if (body === undefined || !/ (?:update|create)$/.test(call.path)) return;
  if (/^(?:trigger|invocation|target) /.test(call.path)) return;
  yield finding(
    body,
    call.path === 'unit update' && call.args.length > 1
      ? 'This text is taken for the name of a file, which is not found: `--patch` takes no value.'
      : 'This text is taken for a name: `--patch` takes no value.',
    "Hand it over on the standard input: `echo '{…}' | cub unit update NAME --patch --from-stdin`.",
  );
}

function* checkQuietly(call: ProgramCall): Iterable<Finding> {
  const place = { start: call.command.start, end: lastWord(call)?.end ?? call.command.end };
  if (call.path === 'space set') {
    yield finding(
      place,
      '`cub space set` does nothing and ends with status 0.',
      'Write `cub context set --space NAME`.',
    );
  }
  if (
    call.path === 'context set' &&
    flagOf(call, 'space') === undefined &&
    !call.open &&
    call.args.length === 0
  ) {
    yield finding(
      place,
      '`cub context set` without `--space` chooses nothing and ends with status 0.',
      'Write `cub context set --space NAME`.',
    );
  }
  const space = flagOf(call, 'space');
  if (call.path === 'unit apply' && space?.shape === '*' && call.args.length === 0) {
    yield finding(
      space.valueWord,
      'Over all spaces `cub unit apply` queues the work and then breaks off with status 2, so nothing is waited for.',
      'Apply space by space, in a loop over the names.',
    );
  }
}

function lastWord(call: ProgramCall): ShellWord | undefined {
  return call.command.words[call.path.split(' ').length];
}
