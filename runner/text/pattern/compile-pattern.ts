/** Turns a pattern's tree into an automaton, if it stays small. */
import type { Instruction, PatternNode, Program } from './pattern.ts';

const LARGEST_PROGRAM = 3000;

/** The automaton, or undefined where counted repetitions make it larger than 3,000 steps. */
export function compilePattern(node: PatternNode): Program | undefined {
  if (sizeOf(node) > LARGEST_PROGRAM) return undefined;
  const program: Instruction[] = [];
  emit(node, program);
  program.push({ kind: 'match' });
  return program;
}

function sizeOf(node: PatternNode): number {
  switch (node.kind) {
    case 'empty':
      return 0;
    case 'char':
    case 'assert':
      return 1;
    case 'sequence':
    case 'choice':
      return node.items.reduce((sum, item) => sum + sizeOf(item) + 2, 0);
    case 'capture':
      return sizeOf(node.item) + 2;
    case 'repeat':
      return (sizeOf(node.item) + 2) * (node.max === Infinity ? node.min + 1 : node.max);
  }
}

function emit(node: PatternNode, program: Instruction[]): void {
  switch (node.kind) {
    case 'empty':
      return;
    case 'char':
    case 'assert':
      program.push(node);
      return;
    case 'sequence':
      for (const item of node.items) emit(item, program);
      return;
    case 'choice':
      emitChoice(node.items, program);
      return;
    case 'capture':
      program.push({ kind: 'save', slot: node.slot * 2 });
      emit(node.item, program);
      program.push({ kind: 'save', slot: node.slot * 2 + 1 });
      return;
    case 'repeat':
      emitRepeat(node, program);
  }
}

function emitChoice(items: readonly PatternNode[], program: Instruction[]): void {
  const ends: number[] = [];
  items.forEach((item, index) => {
    const isLast = index === items.length - 1;
    const split = program.length;
    if (!isLast) program.push({ kind: 'match' });
    emit(item, program);
    if (isLast) return;
    ends.push(program.length);
    program.push({ kind: 'match' });
    program[split] = { kind: 'split', first: split + 1, second: program.length };
  });
  for (const end of ends) program[end] = { kind: 'jump', to: program.length };
}

function emitRepeat(node: PatternNode & { readonly kind: 'repeat' }, program: Instruction[]): void {
  for (let count = 0; count < node.min; count += 1) emit(node.item, program);
  if (node.max === Infinity) {
    const split = emitOptional(node.item, program);
    program.push({ kind: 'jump', to: split });
    program[split] = branch(split + 1, program.length, node.lazy);
    return;
  }
  const splits: number[] = [];
  for (let count = node.min; count < node.max; count += 1) splits.push(emitOptional(node.item, program));
  for (const split of splits) program[split] = branch(split + 1, program.length, node.lazy);
}

/** Emits a place for a split before the item, and says where it is. */
function emitOptional(item: PatternNode, program: Instruction[]): number {
  const split = program.length;
  program.push({ kind: 'match' });
  emit(item, program);
  return split;
}

function branch(into: number, past: number, lazy: boolean): Instruction {
  return lazy ? { kind: 'split', first: past, second: into } : { kind: 'split', first: into, second: past };
}
