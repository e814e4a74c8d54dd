/** shell:* about where a script stops: by mistake at a count, not at all in a pipe, or before `$?` is asked. */
import type { Statement, SyntaxNode } from 'unbash';
import type { Family, Finding, Page, PageScript, Rule } from '../lint.ts';
import type { ShellCommand } from '../shell/shell.ts';
import { isTested, placeIn, setsOption, stopsAtFailure, textIn, walk } from './shell-tree.ts';
import { NETWORK } from './shell-writes.ts';

const RULES: readonly Rule[] = [
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

export const SHELL_STOPS_FAMILY: Family = {
  rules: RULES,
  *check(page) {
    for (const [index, script] of page.scripts.entries()) {
      const found: Finding[] = [];
      walk(script.tree, (node, parents) => found.push(...checkNode(page, script, node, parents)));
      yield* found;
      yield* checkPipefail(page, script, index);
    }
  },
};

function checkNode(
  page: Page,
  script: PageScript,
  node: SyntaxNode,
  parents: readonly SyntaxNode[],
): readonly Finding[] {
  if (node.type === 'ArithmeticCommand') return checkIncrement(page, script, node, parents);
  if (node.type === 'Command') return checkLocal(script, node, parents);
  return node.type === 'SimpleExpansion' ? checkStatus(page, script, node, parents) : [];
}

function checkIncrement(
  page: Page,
  script: PageScript,
  node: SyntaxNode,
  parents: readonly SyntaxNode[],
): readonly Finding[] {
  const text = textIn(script, node);
  const [, name = '', sign = ''] = /^\(\(\s*([A-Za-z_]\w*)(\+\+|--)\s*\)\)$/.exec(text) ?? [];
  if (name === '' || !stopsAtFailure(page, script) || isTested(node, parents)) return [];
  const startsElsewhere = page.scripts.some((other) =>
    new RegExp(`(?:^|[\\s;])${name}=(?!["']?0["']?(?:\\s|;|$))`, 'm').test(other.text),
  );
  if (startsElsewhere) return [];
  return [
    {
      code: 'shell:increment',
      ...placeIn(script, node),
      message: `\`${text}\` has status 1 when ${name} is 0, and the shell stops there without a word.`,
      hint: `Write \`${name}=$((${name} ${sign === '++' ? '+' : '-'} 1))\`.`,
      fix: { ...placeIn(script, node), text: `${name}=$((${name} ${sign === '++' ? '+' : '-'} 1))` },
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
      ...placeIn(script, node.name),
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
  if (textIn(script, node) !== '$?' || !stopsAtFailure(page, script)) return [];
  if (parents.some(({ type }) => type === 'Function' || type === 'Subshell' || type === 'CommandExpansion'))
    return [];
  const before = statementBefore(node, parents);
  if (before === undefined || before.background === true || !isPlain(before.command)) return [];
  if (/\bset \+e|\bset \+o errexit/.test(page.scripts.map(({ text }) => text).join('\n'))) return [];
  return [
    {
      code: 'shell:status-after-errexit',
      ...placeIn(script, node),
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
