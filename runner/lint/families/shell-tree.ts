/** What the shell rules ask of a parsed script: its nodes with what is around them, and which shell options hold. */
import { forEachChild, type AndOr, type SyntaxNode } from 'unbash';
import type { Page, PageScript } from '../lint.ts';

/** Calls `see` for every node with the nodes around it, outermost first. */
export function walk(
  node: SyntaxNode,
  see: (node: SyntaxNode, parents: readonly SyntaxNode[]) => void,
  parents: readonly SyntaxNode[] = [],
): void {
  see(node, parents);
  const path = [...parents, node];
  forEachChild(node, (child) => walk(child, see, path));
}

/** In a chapter, bash stops at the first failure and at a failure inside a pipe; a script says so itself. */
export function stopsAtFailure(page: Page, script: PageScript): boolean {
  if (page.kind === 'chapter') return script.block.kind !== 'cleanup';
  return (
    page.kind === 'script' &&
    (/^#!.*\s-\w*e/.test(script.text) || setsOption(page, /^-[a-z]*e[a-z]*$/, 'errexit'))
  );
}

/** True if `set` turns the option on somewhere. */
export function setsOption(page: Page, letters: RegExp, name: string): boolean {
  return page.commands.some(({ name: command, words }) => {
    if (command !== 'set') return false;
    const values = words.slice(1).map(({ value = '' }) => value);
    return values.some(
      (value, at) => letters.test(value) || (value === name && /^-[a-z]*o$/.test(values[at - 1] ?? '')),
    );
  });
}

/** A failure of this node does not end the script: it is a condition, or `||` or `!` says what happens then. */
export function isTested(node: SyntaxNode, parents: readonly SyntaxNode[]): boolean {
  return parents.some((parent, at) => {
    const inner = parents[at + 1] ?? node;
    if (parent.type === 'AndOr') return isBeforeLast(parent, inner);
    if (parent.type === 'If' || parent.type === 'Elif' || parent.type === 'While')
      return parent.clause === inner;
    return parent.type === 'Pipeline' && parent.prefixes.some(({ type }) => type === 'Negation');
  });
}

function isBeforeLast({ commands }: AndOr, inner: SyntaxNode): boolean {
  return commands.at(-1) !== inner;
}

/** The place of a node in the file. */
export function placeIn(
  script: PageScript,
  node: SyntaxNode,
): { readonly start: number; readonly end: number } {
  return { start: script.at(node.pos), end: script.at(node.end) };
}

/** A node as written. */
export function textIn(script: PageScript, node: SyntaxNode | undefined): string {
  return node === undefined ? '' : script.text.slice(node.pos, node.end).trim();
}
