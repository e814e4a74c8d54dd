/** shell:sleep: waiting by time in place of asking. A loop that asks between its pauses is left alone. */
import type { SyntaxNode } from 'unbash';
import type { Family, Finding, Page, Rule } from '../lint.ts';
import type { ShellCommand } from '../shell/shell.ts';

const RULES: readonly Rule[] = [
  {
    code: 'shell:sleep',
    title: 'Waiting by time',
    severity: 'warning',
    explanation:
      'How long something takes differs from machine to machine: a fixed time is too short on one and wasted on the next. Ask until it holds. A pause between two tries of a loop that ends by an answer is fine.',
    bad: 'sleep 30',
    good: 'kubectl wait pod/web --for=condition=Ready --timeout=90s',
  },
];

export const SLEEP_FAMILY: Family = {
  rules: RULES,
  *check(page) {
    for (const command of page.commands) yield* checkSleep(page, command);
  },
};

function* checkSleep(page: Page, command: ShellCommand): Iterable<Finding> {
  const { name, words, start, end, via } = command;
  if (name !== 'sleep' || words.length < 2 || via !== undefined || words[1]?.value === 'infinity') return;
  if (isBetweenTries(page, command) || isBeside(page, command)) return;
  yield {
    code: 'shell:sleep',
    start,
    end,
    message: `\`${words.map(({ text }) => text).join(' ')}\` waits a fixed time, which is too short on one machine and wasted on another.`,
    hint:
      page.kind === 'chapter'
        ? 'Ask until it holds: `{.expect within=60s}` below a command that reads.'
        : 'Ask until it holds: `kubectl wait`, `kubectl rollout status`, or a loop over a command that reads.',
  };
}

/** Nobody waits for what is kept beside a lesson until its end. */
function isBeside(page: Page, { script }: ShellCommand): boolean {
  return page.scripts[script]?.block.kind === 'background';
}

/** Bash itself asks, without a command: a condition, a port. */
const BASH_ASKS = /\[\[|\/dev\/tcp\//;

/** In a loop that asks for something and ends by the answer, a pause between two tries is how one polls. */
function isBetweenTries(page: Page, command: ShellCommand): boolean {
  return command.parents.some((loop) => {
    if (loop.type !== 'While' && loop.type !== 'For' && loop.type !== 'ArithmeticFor') return false;
    const within = page.commands.filter(
      ({ script, parents }) => script === command.script && parents.includes(loop),
    );
    const clause =
      loop.type === 'While' ? page.scripts[command.script]?.text.slice(loop.pos, loop.body.pos) : '';
    if (BASH_ASKS.test(clause ?? '')) return true;
    if (!within.some(asksSomething)) return false;
    const endsByClause = loop.type === 'While' && !within.some((other) => isNextOf(loop.clause, other));
    return (
      endsByClause ||
      within.some((other) => (other === command || leavesLoop(other)) && isOnAnswer(loop, other))
    );
  });
}

/** `while read …` takes the next of a list, as `for` does. */
function isNextOf(clause: SyntaxNode, { name, parents }: ShellCommand): boolean {
  return name === 'read' && parents.includes(clause);
}

function asksSomething({ name }: ShellCommand): boolean {
  return !/^(?:sleep|echo|printf|true|:|read|break|continue|return|exit)$/.test(name ?? '');
}

function leavesLoop({ name }: ShellCommand): boolean {
  return /^(?:break|continue|return|exit)$/.test(name ?? '');
}

/** It stands behind `if`, `case`, `&&` or `||` inside the loop. */
function isOnAnswer(loop: SyntaxNode, { parents }: ShellCommand): boolean {
  return parents
    .slice(parents.indexOf(loop))
    .some(({ type }) => type === 'If' || type === 'Case' || type === 'AndOr');
}
