/** shell:* about failures: those that are swallowed, those that end a script by mistake, and those that nobody sees. */
import type { AndOr, Statement, SyntaxNode } from 'unbash';
import type { Family, Finding, Page, PageScript, Rule } from '../lint.ts';
import type { ShellCommand } from '../shell/shell.ts';
import { isTested, setsOption, stopsAtFailure, walk } from './shell-tree.ts';
import { isWrite, NETWORK } from './shell-writes.ts';

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
    code: 'shell:increment',
    title: '`((x++))` that ends the script',
    severity: 'error',
    explanation:
      '`((x++))` is a command whose status is 1 when the old value is 0. Where the shell stops at failures, the first count ends the script without a word.',
    bad: 'set -e\ncount=0\n((count++))',
    good: 'set -e\ncount=0\ncount=$((count + 1))',
  },
  {
    code: 'shell:local',
    title: '`local` outside a function',
    severity: 'error',
    explanation: 'Outside a function `local` is an error, and the variable is not set.',
    bad: 'local name=web',
    good: 'name=web',
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
  {
    code: 'shell:status-after-errexit',
    title: '`$?` that is always 0',
    severity: 'warning',
    explanation:
      'Where the shell stops at failures, the line after a command is reached only if it succeeded, so `$?` is 0 there and the branch for the failure is never taken.',
    bad: 'set -e\nkubectl get pods\nif [ $? -ne 0 ]; then echo failed; fi',
    good: 'set -e\nif ! kubectl get pods; then echo failed; fi',
  },
  {
    code: 'shell:pipefail',
    title: 'A pipe whose failure nobody sees',
    severity: 'warning',
    explanation:
      'The status of a pipe is that of its last command. Without `pipefail` a failing command before it goes unnoticed, although `set -e` is meant to stop there.',
    bad: '#!/bin/bash\nset -e\nkubectl get pods -o json | tee pods.json',
    good: '#!/bin/bash\nset -eo pipefail\nkubectl get pods -o json | tee pods.json',
  },
];

export const SHELL_ERRORS_FAMILY: Family = {
  rules: RULES,
  *check(page) {
    for (const [index, script] of page.scripts.entries()) {
      const found: Finding[] = [];
      walk(script.tree, (node, parents) => found.push(...checkNode(page, script, node, parents)));
      yield* found;
      yield* checkPipefail(page, script, index);
    }
    for (const command of page.commands) yield* checkHidden(page, command);
  },
};

function checkNode(
  page: Page,
  script: PageScript,
  node: SyntaxNode,
  parents: readonly SyntaxNode[],
): readonly Finding[] {
  switch (node.type as string) {
    case 'AndOr':
      return checkAndOr(page, script, node as AndOr);
    case 'ArithmeticCommand':
      return checkIncrement(page, script, node, parents);
    case 'Command':
      return checkLocal(script, node, parents);
    case 'SimpleExpansion':
      return checkStatus(page, script, node, parents);
    default:
      return [];
  }
}

function place(script: PageScript, node: SyntaxNode): { readonly start: number; readonly end: number } {
  return { start: script.at(node.pos), end: script.at(node.end) };
}

function textOf(script: PageScript, node: SyntaxNode | undefined): string {
  return node === undefined ? '' : script.text.slice(node.pos, node.end).trim();
}

/** Commands that say no by status 1, which is no failure. */
const TESTS =
  /^(?:[ef]?grep|rg|read|wait|kill|pkill|pgrep|diff|cmp|test|command|which|type|let|expr|hash|mountpoint|\[)$/;

function checkAndOr(page: Page, script: PageScript, node: AndOr): readonly Finding[] {
  const last = node.commands.at(-1);
  const before = node.commands.at(-2);
  if (node.operators.at(-1) !== '||' || before === undefined || last === undefined) return [];
  const right = textOf(script, last);
  const ran = commandsIn(page, script, before);
  const final = ran.findLast(({ parents }) => parents.length > 0) ?? ran.at(-1);
  if (/^(?:true|:|exit 0|\/bin\/true)$/.test(right)) {
    const isTest = ran.length === 0 || TESTS.test(final?.name ?? '') || before.type === 'TestCommand';
    if (isTest) return [];
    return [
      {
        code: 'shell:or-true',
        ...place(script, last),
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
      ...place(script, last),
      message:
        '`grep -c` prints 0 itself when nothing matches, so this prints a second one and the value becomes two lines.',
      hint: 'Write `|| true` instead.',
      fix: { ...place(script, last), text: 'true' },
    },
  ];
}

function commandsIn(page: Page, script: PageScript, node: SyntaxNode): readonly ShellCommand[] {
  const { start, end } = place(script, node);
  return page.commands.filter(
    (command) => page.scripts[command.script] === script && command.start >= start && command.end <= end,
  );
}

function checkIncrement(
  page: Page,
  script: PageScript,
  node: SyntaxNode,
  parents: readonly SyntaxNode[],
): readonly Finding[] {
  const text = textOf(script, node);
  const [, name = '', sign = ''] = /^\(\(\s*([A-Za-z_]\w*)(\+\+|--)\s*\)\)$/.exec(text) ?? [];
  if (name === '' || !stopsAtFailure(page, script) || isTested(node, parents)) return [];
  const startsElsewhere = page.scripts.some((other) =>
    new RegExp(`(?:^|[\\s;])${name}=(?!["']?0["']?(?:\\s|;|$))`, 'm').test(other.text),
  );
  if (startsElsewhere) return [];
  return [
    {
      code: 'shell:increment',
      ...place(script, node),
      message: `\`${text}\` has status 1 when ${name} is 0, and the shell stops there without a word.`,
      hint: `Write \`${name}=$((${name} ${sign === '++' ? '+' : '-'} 1))\`.`,
      fix: { ...place(script, node), text: `${name}=$((${name} ${sign === '++' ? '+' : '-'} 1))` },
    },
  ];
}

function checkLocal(
  script: PageScript,
  node: SyntaxNode,
  parents: readonly SyntaxNode[],
): readonly Finding[] {
  if (node.type !== 'Command' || node.name?.value !== 'local') return [];
  if (parents.some(({ type }) => type === 'Function')) return [];
  return [
    {
      code: 'shell:local',
      ...place(script, node.name),
      message: '`local` works only in a function; here it is an error, and the variable is not set.',
      hint: 'Leave `local` out.',
    },
  ];
}

/** `$?` in the statement right after an ordinary command, in the same list of statements. */
function checkStatus(
  page: Page,
  script: PageScript,
  node: SyntaxNode,
  parents: readonly SyntaxNode[],
): readonly Finding[] {
  if (textOf(script, node) !== '$?' || !stopsAtFailure(page, script)) return [];
  if (parents.some(({ type }) => type === 'Function' || type === 'Subshell' || type === 'CommandExpansion'))
    return [];
  const before = statementBefore(node, parents);
  if (before === undefined || before.background === true || !isPlain(before.command)) return [];
  if (/\bset \+e|\bset \+o errexit/.test(page.scripts.map(({ text }) => text).join('\n'))) return [];
  return [
    {
      code: 'shell:status-after-errexit',
      ...place(script, node),
      message:
        'The shell stops where a command fails, so `$?` is always 0 here and a failure is never handled.',
      hint: 'Test the command itself: `if ! command; then …; fi`, or `command || status=$?`.',
    },
  ];
}

/** The statement that ran just before the one with `node`; the condition of an `if` comes first in it. */
function statementBefore(node: SyntaxNode, parents: readonly SyntaxNode[]): Statement | undefined {
  for (let at = parents.length - 1; at > 0; at -= 1) {
    const statement = parents[at];
    const list = parents[at - 1];
    const inner = parents[at + 1];
    if (inner?.type === 'AndOr' && inner.commands[0] !== (parents[at + 2] ?? node)) return undefined;
    if (statement?.type !== 'Statement' || (list?.type !== 'Script' && list?.type !== 'CompoundList'))
      continue;
    const index = list.commands.indexOf(statement);
    if (index > 0) return list.commands[index - 1];
    const around = parents[at - 2];
    if (around?.type !== 'If' || around.clause !== list) return undefined;
  }
  return undefined;
}

function isPlain(node: SyntaxNode): boolean {
  if (node.type === 'Command')
    return node.name !== undefined && !/^(?:set|trap|\[|test|true|false|:)$/.test(node.name.value);
  return node.type === 'Pipeline' && node.prefixes.length === 0;
}

function* checkPipefail(page: Page, script: PageScript, index: number): Iterable<Finding> {
  const isBash = !/^#!.*\/(?:env )?(?:sh|dash|ash)\b/.test(script.text);
  if (
    page.kind !== 'script' ||
    !isBash ||
    !stopsAtFailure(page, script) ||
    setsOption(page, /^$/, 'pipefail')
  )
    return;
  const command = page.commands.find(
    (item) => item.script === index && NETWORK.has(item.name ?? '') && isPiped(item, script),
  );
  if (command === undefined) return;
  yield {
    code: 'shell:pipefail',
    start: command.start,
    end: command.words[0]?.end ?? command.end,
    message: `If \`${command.name ?? ''}\` fails before the pipe, nobody notices: the pipe has the status of its last command.`,
    hint: 'Write `set -euo pipefail` at the top.',
  };
}

/** It stands in a pipe, and not as its last command. */
function isPiped({ parents, end }: ShellCommand, script: PageScript): boolean {
  const pipe = parents.at(-1);
  if (pipe?.type !== 'Pipeline' || pipe.commands.length < 2) return false;
  return end < script.at(pipe.end);
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
    ...place(script, hidden),
    message: `\`${command.words
      .slice(0, 3)
      .map(({ text }) => text)
      .join(' ')}\` changes something, and its error text is thrown away: nobody learns why it failed.`,
    hint: 'Leave the redirection out.',
  };
}
