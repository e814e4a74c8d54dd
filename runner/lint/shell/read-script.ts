/** Parses shell text and lists its commands: in substitutions, conditions, loops, functions, and those that others run. */
import {
  forEachChild,
  parse,
  type Command,
  type ParsedScript,
  type Redirection,
  type SyntaxNode,
} from 'unbash';
import { innerCommand, innerText, type InnerText } from './inner.ts';
import { readWord } from './read-word.ts';
import type { ShellCommand, ShellScript, ShellWord } from './shell.ts';
import { assignmentsOf, type Values, type Writes } from './variables.ts';

type Place = (offset: number) => number;

/** What is collected over all scripts of a page. */
export interface Collected {
  readonly commands: ShellCommand[];
  readonly functions: Set<string>;
  readonly values: Values;
  readonly writes: Writes;
}

interface Visit extends Collected {
  readonly script: number;
  readonly at: Place;
  readonly errors: { readonly message: string; readonly pos: number }[];
  /** How deep texts are nested that other commands run. */
  readonly depth: number;
}

const DEEPEST = 8;

/** A text parsed, nothing collected yet. */
export function parseScript(text: string): ParsedScript {
  return parse(text);
}

/** Collects the commands of a parsed text. `at` turns its offsets into those of the file. */
export function readScript(
  text: string,
  tree: ParsedScript,
  at: Place,
  script: number,
  all: Collected,
): ShellScript {
  const errors: { readonly message: string; readonly pos: number }[] = [];
  visit(tree, [], { ...all, script, at, errors, depth: 0 });
  return { text, tree, errors, at };
}

function visit(node: SyntaxNode, parents: readonly SyntaxNode[], to: Visit): void {
  let inside = to;
  if (node.type === 'Script') {
    const { errors = [], source } = node;
    to.errors.push(...errors);
    // Text between escaped backticks has offsets of its own: all of it stands where the substitution starts.
    if (source !== undefined) inside = { ...to, at: constant(to.at(parents.at(-1)?.pos ?? 0)) };
  }
  if (node.type === 'Function') to.functions.add(node.name.value);
  if (node.type === 'Command') addCommand(node, parents, inside);
  const path = [...parents, node];
  forEachChild(node, (child) => visit(child, path, inside));
}

function constant(offset: number): Place {
  return () => offset;
}

function addCommand(node: Command, parents: readonly SyntaxNode[], to: Visit): void {
  const words = [...(node.name === undefined ? [] : [node.name]), ...wordsOf(node)].flatMap((word) =>
    readWord(word, to.values, to.at),
  );
  const redirects = [...node.prefix, ...node.suffix].filter(isRedirect);
  const start = to.at(node.name?.pos ?? node.pos);
  const command = {
    name: nameOf(words),
    words,
    redirects,
    parents,
    script: to.script,
    start,
    end: to.at(node.end),
  };
  to.commands.push(command);
  rememberValues(node, parents, to);
  addInner(command, node, to);
}

function wordsOf({ suffix }: Command) {
  return suffix.flatMap((item) => {
    if (item.type === 'Word') return [item];
    if (item.type !== 'Assignment' || item.value.type !== 'Word') return [];
    // `export A=b`, and arguments that look like one: `env A=b`, `make A=b`.
    const { value, pos, end, text } = item;
    const prefix = text.slice(0, Math.max(0, text.length - value.text.length));
    const literal = { type: 'Literal' as const, pos, end: pos + prefix.length, value: prefix, text: prefix };
    const parts = value.parts ?? [
      { type: 'Literal' as const, pos: value.pos, end, value: value.value, text: value.text },
    ];
    return [
      { type: 'Word' as const, text, value: `${prefix}${value.value}`, pos, end, parts: [literal, ...parts] },
    ];
  });
}

function isRedirect(item: { readonly type: string }): item is Redirection {
  return item.type === 'Redirect' || item.type === 'HereDoc' || item.type === 'HereString';
}

function nameOf(words: readonly ShellWord[]): string | undefined {
  const value = words[0]?.value;
  return value === undefined ? undefined : value.slice(value.lastIndexOf('/') + 1);
}

/** Only at the top level of the shell itself is it sure that an assignment happens. */
function rememberValues(node: Command, parents: readonly SyntaxNode[], to: Visit): void {
  const isTopLevel = to.depth === 0 && parents.every(({ type }) => type === 'Script' || type === 'Statement');
  const isBackground = parents.some((parent) => parent.type === 'Statement' && parent.background === true);
  if (!isTopLevel || isBackground || parents.length > 2) return;
  for (const { name, value } of assignmentsOf(node)) {
    if (to.writes.get(name) !== 1 || value.type !== 'Word') continue;
    // On the right side of an assignment nothing is split.
    const shape = readWord(value, to.values, to.at)
      .map((word) => word.shape)
      .join(' ');
    to.values.set(name, { shape, many: false });
  }
}

function addInner(command: ShellCommand, node: Command, to: Visit): void {
  if (to.depth >= DEEPEST) return;
  const inner = innerCommand(command);
  if (inner !== undefined) {
    const next = {
      ...command,
      words: inner,
      name: nameOf(inner),
      via: command,
      start: inner[0]?.start ?? command.start,
    };
    to.commands.push(next);
    addInner(next, node, { ...to, depth: to.depth + 1 });
  }
  const text = innerText(command, node);
  if (text !== undefined) addText(text, to);
}

function addText({ text, offset, exact }: InnerText, to: Visit): void {
  const at: Place = exact ? (inner) => to.at(offset + inner) : constant(to.at(offset));
  visit(parse(text), [], { ...to, at, depth: to.depth + 1, errors: [] });
}
