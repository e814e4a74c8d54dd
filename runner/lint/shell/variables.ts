/**
 * Which variables have one known value. A variable that is written once, at the top level, counts as known from there on;
 * one that is written twice, in a loop, in a condition or by `read` is unknown.
 */
import { forEachChild, type Assignment, type Command, type SyntaxNode } from 'unbash';
import type { ShellWord } from './shell.ts';

/** How often each variable is written in a page. */
export type Writes = Map<string, number>;

/** Values of variables by name, as far as the text up to here tells. */
export type Values = Map<string, Pick<ShellWord, 'shape' | 'many'>>;

const DECLARING = new Set(['export', 'declare', 'typeset', 'readonly', 'local']);
const READING = new Set(['read', 'mapfile', 'readarray', 'getopts', 'unset', 'let', 'wait']);

const ASSIGNING = /^(?:[-+*/%&|^]|<<|>>)?=$/;

/** Adds the writes of `node` and everything below. */
export function countWrites(node: SyntaxNode, writes: Writes): void {
  for (const name of writtenBy(node)) writes.set(name, (writes.get(name) ?? 0) + 1);
  forEachChild(node, (child) => countWrites(child, writes));
}

function writtenBy(node: SyntaxNode): readonly string[] {
  if (node.type === 'Assignment') {
    return node.index === undefined && node.append !== true ? [node.name] : [node.name, node.name];
  }
  if (node.type === 'For' || node.type === 'Select') return [node.name.value, node.name.value];
  if (node.type === 'ArithmeticUnary')
    return /^(?:\+\+|--)$/.test(node.operator) ? namesIn(node.operand) : [];
  if (node.type === 'ArithmeticBinary') return ASSIGNING.test(node.operator) ? namesIn(node.left) : [];
  if (node.type === 'ParameterExpansion') {
    return /^:?=$/.test(node.operation?.operator ?? '') ? [node.parameter, node.parameter] : [];
  }
  return node.type === 'Command' ? readByCommand(node) : [];
}

function namesIn(node: SyntaxNode): readonly string[] {
  return node.type === 'ArithmeticWord' ? [node.value, node.value] : [];
}

/** A word of `read a b` or `printf -v a` is written to with what nobody knows. */
function readByCommand({ name, suffix }: Command): readonly string[] {
  const words = suffix.flatMap((item) => (item.type === 'Word' ? [item.value] : []));
  const target = name?.value === 'printf' && words[0] === '-v' ? words.slice(1, 2) : [];
  const read = READING.has(name?.value ?? '') ? words : target;
  return read.flatMap((word) => [word, word]);
}

/** The assignments that a command at the top level makes in the shell itself. */
export function assignmentsOf(command: Command): readonly Assignment[] {
  const isDeclaring = DECLARING.has(command.name?.value ?? '');
  const items = command.name === undefined ? command.prefix : isDeclaring ? command.suffix : [];
  return items.filter((item) => item.type === 'Assignment');
}
