/** What can be said of an expression before it runs: names that do not exist, functions that are not here, and its type. */
import type { CelNode } from './cel.ts';
import { CelUnknown, faultAt } from './error.ts';

/** Macros take a variable and expressions in which it stands for each element. */
const MACROS: readonly string[] = ['all', 'exists', 'exists_one', 'filter', 'map'];
const BOOLEAN_CALLS: readonly string[] = [
  'all',
  'exists',
  'exists_one',
  'has',
  'startsWith',
  'endsWith',
  'contains',
  'matches',
  'bool',
];
const CALLS: readonly string[] = [
  ...MACROS,
  ...BOOLEAN_CALLS,
  'size',
  'string',
  'int',
  'double',
  'type',
  'dyn',
];
const ELSEWHERE = /^(?:timestamp|duration|bytes|uint|get[A-Z]\w*)$/;
const BOOLEAN_OPERATORS: readonly string[] = ['||', '&&', '==', '!=', '<', '<=', '>', '>=', 'in'];

/** Throws CelError for unknown names, CelUnknown for a function that only the original has. */
export function checkNames(source: string, node: CelNode, known: ReadonlySet<string>): void {
  if (node.kind === 'name' && !known.has(node.name)) refuse(source, node.at, node.name);
  if (node.kind === 'call') {
    if (ELSEWHERE.test(node.name) || node.name === 'type') throw new CelUnknown(`CEL function ${node.name}`);
    if (!CALLS.includes(node.name)) refuse(source, node.at, node.name);
    const [variable] = node.given;
    if (MACROS.includes(node.name) && node.of !== undefined) {
      if (variable?.kind !== 'name') throw faultAt(source, node.at, 'argument must be a simple name');
      const inner = new Set([...known, variable.name]);
      checkNames(source, node.of, known);
      for (const part of node.given.slice(1)) checkNames(source, part, inner);
      return;
    }
  }
  for (const part of partsOf(node)) checkNames(source, part, known);
}

/** True if the expression is certain to be a boolean, and not a value of the data that may be one. */
export function isBoolean(node: CelNode): boolean {
  switch (node.kind) {
    case 'literal':
      return typeof node.value === 'boolean';
    case 'not':
      return true;
    case 'binary':
      return BOOLEAN_OPERATORS.includes(node.operator);
    case 'choice':
      return isBoolean(node.yes) && isBoolean(node.no);
    case 'call':
      return BOOLEAN_CALLS.includes(node.name);
    case 'name':
    case 'select':
    case 'index':
    case 'negate':
    case 'list':
    case 'map':
      return false;
  }
}

function refuse(source: string, at: number, name: string): never {
  throw faultAt(source, at, `undeclared reference to '${name}' (in container '')`);
}

function partsOf(node: CelNode): readonly CelNode[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'select':
      return [node.of];
    case 'index':
      return [node.of, node.index];
    case 'call':
      return node.of === undefined ? node.given : [node.of, ...node.given];
    case 'not':
    case 'negate':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'choice':
      return [node.test, node.yes, node.no];
    case 'list':
      return node.items;
    case 'map':
      return node.entries.flat();
  }
}
