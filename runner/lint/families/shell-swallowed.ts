/** shell:* about failures that nobody sees: swallowed by `|| true`, hidden by a redirection, or spoilt by a second number. */
import type { AndOr, SyntaxNode } from 'unbash';
import type { Family, Finding, Page, PageScript, Rule } from '../lint.ts';
import type { ShellCommand } from '../shell/shell.ts';
import { placeIn, textIn, walk } from './shell-tree.ts';
import { isWrite } from './shell-writes.ts';

const RULES: readonly Rule[] = [
  {
    code: 'shell:or-true',
    title: 'A failure that is swallowed',
    severity: 'warning',
    explanation:
      '`|| true` hides every failure, also the one that nobody thought of, and the script goes on with a world that it does not expect.',
    bad: 'kubectl apply -f web.yaml || true',
    good: 'kubectl delete pod web --ignore-not-found',
  },
  {
    code: 'shell:hidden-errors',
    title: 'The error text of a write is thrown away',
    severity: 'warning',
    explanation:
      'When a command that changes something fails, its error text is all that says why. Without it nobody can tell "is there already" from "may not".',
    bad: 'cub space create demo 2>/dev/null',
    good: 'cub space create demo',
  },
  {
    code: 'shell:count-twice',
    title: '`grep -c` that prints two numbers',
    severity: 'error',
    explanation:
      '`grep -c` prints 0 and ends with status 1 when nothing matches. `|| echo 0` then prints a second 0, and the result is no number any more.',
    bad: 'n=$(kubectl get pods | grep -c Running || echo 0)',
    good: 'n=$(kubectl get pods | grep -c Running || true)',
  },
];

export const SHELL_SWALLOWED_FAMILY: Family = {
  rules: RULES,
  *check(page) {
    for (const script of page.scripts) {
      const found: Finding[] = [];
      walk(script.tree, (node) => {
        if (node.type === 'AndOr') found.push(...checkAndOr(page, script, node));
      });
      yield* found;
    }
    for (const command of page.commands) yield* checkHidden(page, command);
  },
};

/** Commands that say no by status 1, which is no failure. */
const TESTS =
  /^(?:[ef]?grep|rg|read|wait|kill|pkill|pgrep|diff|cmp|test|command|which|type|let|expr|hash|mountpoint|\[)$/;

function checkAndOr(page: Page, script: PageScript, node: AndOr): readonly Finding[] {
  const last = node.commands.at(-1);
  const before = node.commands.at(-2);
  if (node.operators.at(-1) !== '||' || before === undefined || last === undefined) return [];
  const right = textIn(script, last);
  const ran = commandsIn(page, script, before);
  const final = ran.findLast(({ parents }) => parents.length > 0) ?? ran.at(-1);
  if (/^(?:true|:|exit 0|\/bin\/true)$/.test(right)) {
    const isTest = ran.length === 0 || TESTS.test(final?.name ?? '') || before.type === 'TestCommand';
    if (isTest) return [];
    return [
      {
        code: 'shell:or-true',
        ...placeIn(script, last),
        message: `\`|| ${right}\` swallows every failure of \`${final?.words[0]?.text ?? ''}\`, also one that should stop you.`,
        hint: 'Leave it out; say which failure is meant, for example by `--ignore-not-found` or `--allow-exists`.',
      },
    ];
  }
  const isCount =
    final?.name === 'grep' && final.words.some(({ shape }) => /^-[a-zA-Z]*c[a-zA-Z]*$|^--count$/.test(shape));
  if (!isCount || !/^(?:echo|printf)\s+["']?0/.test(right)) return [];
  return [
    {
      code: 'shell:count-twice',
      ...placeIn(script, last),
      message:
        '`grep -c` prints 0 itself when nothing matches, so this prints a second one and the value becomes two lines.',
      hint: 'Write `|| true` instead.',
      fix: { ...placeIn(script, last), text: 'true' },
    },
  ];
}

function commandsIn(page: Page, script: PageScript, node: SyntaxNode): readonly ShellCommand[] {
  const { start, end } = placeIn(script, node);
  return page.commands.filter(
    (command) => page.scripts[command.script] === script && command.start >= start && command.end <= end,
  );
}

function* checkHidden(page: Page, command: ShellCommand): Iterable<Finding> {
  const script = page.scripts[command.script];
  const hidden = command.redirects.find((item, at) => {
    if (item.type !== 'Redirect' || item.target === undefined) return false;
    const toNull = item.target.value === '/dev/null';
    const fd = item.descriptor?.type === 'FileDescriptor' ? item.descriptor.value : undefined;
    if (toNull && ((fd === 2 && /^>>?$/.test(item.operator)) || item.operator === '&>')) return true;
    const isJoined = fd === 2 && item.operator === '>&' && item.target.value === '1';
    return (
      isJoined &&
      command.redirects
        .slice(0, at)
        .some((other) => other.type === 'Redirect' && other.target?.value === '/dev/null')
    );
  });
  if (hidden === undefined || script === undefined || command.parents.length === 0 || !isWrite(command))
    return;
  yield {
    code: 'shell:hidden-errors',
    ...placeIn(script, hidden),
    message: `\`${command.words
      .slice(0, 3)
      .map(({ text }) => text)
      .join(' ')}\` changes something, and its error text is thrown away: nobody learns why it failed.`,
    hint: 'Leave the redirection out.',
  };
}
