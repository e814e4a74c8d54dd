/**
 * Roughly how much work an expression may be on the largest values that its types allow, in the units of cel-go: one for each
 * step, a tenth of a unit for each byte that is looked at. Only the order of magnitude is meant.
 */
import type { CelNode } from './cel.ts';
import { inferType } from './infer-type.ts';
import type { TypeScope } from './inspection.ts';
import { type CelType, DYN, STRING } from './types.ts';

const perByte = 0.1;
const stepsOfMacro = 4;
/** A macro that gives a list makes a new one at each turn. */
const stepsOfList = 10;

/** The cost of `node`, Infinity where sizes are not known. */
export function estimateCost(node: CelNode, scope: TypeScope): number {
  const cost = (part: CelNode): number => estimateCost(part, scope);
  const typeOf = (part: CelNode): CelType => inferType({ source: '', faults: [] }, part, scope);
  switch (node.kind) {
    case 'literal':
      return 0;
    case 'name':
      return 1;
    case 'select':
      return 1 + cost(node.of);
    case 'index':
      return 1 + cost(node.of) + cost(node.index);
    case 'not':
    case 'negate':
      return 1 + cost(node.operand);
    case 'binary': {
      const own = costOfOperator(node.operator, typeOf(node.left), typeOf(node.right));
      return own + cost(node.left) + cost(node.right);
    }
    case 'choice':
      return cost(node.test) + Math.max(cost(node.yes), cost(node.no));
    case 'list':
      return node.items.reduce((sum, item) => sum + cost(item), 10);
    case 'map':
      return node.entries.flat().reduce((sum, item) => sum + cost(item), 30);
    case 'call':
      return costOfCall(node, scope, cost, typeOf);
  }
}

/** How many bytes, or elements, a value may have. */
function sizeOf(type: CelType): number {
  if (type.kind === 'string' || type.kind === 'list' || type.kind === 'map') return type.size ?? Infinity;
  return type.kind === 'dyn' ? Infinity : 1;
}

function costOfOperator(operator: string, one: CelType, other: CelType): number {
  const sizes = [sizeOf(one), sizeOf(other)] as const;
  if (operator === 'in') return other.kind === 'list' ? 1 + sizes[1] : 1;
  if (operator === '+') return 1 + perByte * (sizes[0] + sizes[1]);
  return 1 + perByte * Math.min(...sizes);
}

function costOfCall(
  { name, of, given }: Extract<CelNode, { kind: 'call' }>,
  scope: TypeScope,
  cost: (node: CelNode) => number,
  typeOf: (node: CelNode) => CelType,
): number {
  const before = of === undefined ? 0 : cost(of);
  const [variable, ...bodies] = given;
  const range = of === undefined ? DYN : typeOf(of);
  const isMacro = of !== undefined && variable?.kind === 'name' && bodies.length > 0;
  if (isMacro) {
    const element = range.kind === 'list' ? range.of : STRING;
    const inner = new Map([...scope, [variable.name, element]]);
    const steps = name === 'map' || name === 'filter' ? stepsOfMacro + stepsOfList : stepsOfMacro;
    const body = bodies.reduce((sum, part) => sum + estimateCost(part, inner), steps);
    return before + sizeOf(range) * body;
  }
  const arguments_ = given.reduce((sum, part) => sum + cost(part), 1 + before);
  if (of === undefined || name === 'size') return arguments_;
  const needle = given[0] === undefined ? 1 : sizeOf(typeOf(given[0]));
  if (name === 'startsWith' || name === 'endsWith') return arguments_ + perByte * needle;
  return arguments_ + perByte * sizeOf(range) * Math.max(1, 0.25 * needle);
}
