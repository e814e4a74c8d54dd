/** Which type an expression has where the types of its variables are known, and what is wrong with it, as cel-go's checker says it. */
import type { CelNode } from './cel.ts';
import { CelUnknown } from './error.ts';
import { inferCall } from './infer-call.ts';
import { type Inspection, refuse, refuseOverload, requireBoolean, type TypeScope } from './inspection.ts';
import { BOOL, type CelType, DOUBLE, DYN, fits, INT, isOf, showType } from './types.ts';

/** The type of `node`, dyn where it is wrong. Throws CelUnknown for what this engine does not have. */
export function inferType(inspection: Inspection, node: CelNode, scope: TypeScope): CelType {
  const inner = (part: CelNode): CelType => inferType(inspection, part, scope);
  switch (node.kind) {
    case 'literal':
      return typeOfLiteral(node.value);
    case 'name': {
      const type = scope.get(node.name);
      return type ?? refuse(inspection, node.at, `undeclared reference to '${node.name}' (in container '')`);
    }
    case 'select':
      return inferSelect(inspection, node, inner(node.of));
    case 'index':
      return inferIndex(inspection, node.at, inner(node.of), inner(node.index));
    case 'not':
    case 'negate':
      return inferSign(inspection, node, inner(node.operand));
    case 'binary':
      return inferBinary(inspection, node, inner(node.left), inner(node.right));
    case 'choice':
      return inferChoice(inspection, node.at, [inner(node.test), inner(node.yes), inner(node.no)]);
    case 'list':
      return { kind: 'list', of: inferSame(inspection, node.items, inner), size: node.items.length };
    case 'map': {
      inferSame(
        inspection,
        node.entries.map(([key]) => key),
        inner,
      );
      const of = inferSame(
        inspection,
        node.entries.map(([, value]) => value),
        inner,
      );
      return { kind: 'map', of, size: node.entries.length };
    }
    case 'call':
      return inferCall(inspection, node, scope, inferType);
  }
}

function typeOfLiteral(value: Extract<CelNode, { kind: 'literal' }>['value']): CelType {
  if (typeof value === 'boolean') return BOOL;
  if (typeof value === 'bigint') return INT;
  if (typeof value === 'number') return DOUBLE;
  return typeof value === 'string' ? { kind: 'string', size: value.length } : { kind: 'null' };
}

function inferSelect(
  inspection: Inspection,
  { at, field }: Extract<CelNode, { kind: 'select' }>,
  of: CelType,
): CelType {
  if (of.kind === 'dyn') return DYN;
  if (of.kind === 'map') return of.of;
  if (of.kind !== 'object')
    return refuse(inspection, at, `type '${showType(of)}' does not support field selection`);
  const type = of.fields.get(field) ?? refuse(inspection, at, `undefined field '${field}'`);
  if (type.kind === 'foreign') throw new CelUnknown(`CEL rules on values of type ${type.name}`);
  return type;
}

function inferIndex(inspection: Inspection, at: number, of: CelType, index: CelType): CelType {
  if (of.kind === 'dyn') return DYN;
  if (of.kind === 'list' && isOf(index, 'int')) return of.of;
  if (of.kind === 'map' && isOf(index, 'string')) return of.of;
  return refuseOverload(inspection, at, '_[_]', `(${showType(of)}, ${showType(index)})`);
}

function inferSign(
  inspection: Inspection,
  { kind, at }: Extract<CelNode, { kind: 'not' | 'negate' }>,
  type: CelType,
): CelType {
  const fitting = kind === 'not' ? isOf(type, 'bool') : isOf(type, 'int', 'double');
  if (fitting) return kind === 'not' ? BOOL : type;
  return refuseOverload(inspection, at, kind === 'not' ? '!_' : '-_', `(${showType(type)})`);
}

const ORDERS: readonly string[] = ['<', '<=', '>', '>='];

function inferBinary(
  inspection: Inspection,
  { operator, at, left, right }: Extract<CelNode, { kind: 'binary' }>,
  one: CelType,
  other: CelType,
): CelType {
  if (operator === '&&' || operator === '||') {
    requireBoolean(inspection, left, one);
    requireBoolean(inspection, right, other);
    return BOOL;
  }
  const result = typeOfResult(operator, one, other);
  const name = operator === 'in' ? '@in' : `_${operator}_`;
  return result ?? refuseOverload(inspection, at, name, `(${showType(one)}, ${showType(other)})`);
}

function typeOfResult(operator: string, one: CelType, other: CelType): CelType | undefined {
  const areBoth = (...kinds: readonly CelType['kind'][]): boolean =>
    isOf(one, ...kinds) && isOf(other, ...kinds);
  if (operator === '==' || operator === '!=') return fits(one, other) ? BOOL : undefined;
  if (operator === 'in') {
    if (other.kind === 'list') return fits(one, other.of) ? BOOL : undefined;
    return other.kind === 'dyn' || (other.kind === 'map' && isOf(one, 'string')) ? BOOL : undefined;
  }
  if (ORDERS.includes(operator)) {
    const areNumbers = areBoth('int', 'double');
    return areNumbers || areBoth('string') || areBoth('bool') ? BOOL : undefined;
  }
  const known = one.kind === 'dyn' ? other : one;
  if (areBoth('int') || (operator !== '%' && areBoth('double'))) return known;
  if (operator !== '+') return undefined;
  return areBoth('string') || (areBoth('list') && fits(one, other)) ? joined(one, other) : undefined;
}

/** The type of two texts or lists, one after the other. */
function joined(one: CelType, other: CelType): CelType {
  const known = one.kind === 'dyn' ? other : one;
  if (known.kind !== 'string' && known.kind !== 'list') return known;
  const { size: _, ...rest } = known;
  const [left, right] = [sizeOf(one), sizeOf(other)];
  return left === undefined || right === undefined ? rest : { ...rest, size: left + right };
}

function sizeOf(type: CelType): number | undefined {
  return type.kind === 'string' || type.kind === 'list' ? type.size : undefined;
}

function inferChoice(inspection: Inspection, at: number, types: readonly CelType[]): CelType {
  const [test = DYN, yes = DYN, no = DYN] = types;
  if (isOf(test, 'bool') && fits(yes, no)) return yes;
  return refuseOverload(inspection, at, '_?_:_', `(${types.map(showType).join(', ')})`);
}

/** The type that all parts must have. */
function inferSame(
  inspection: Inspection,
  nodes: readonly CelNode[],
  inner: (node: CelNode) => CelType,
): CelType {
  const types = nodes.map(inner);
  const [first = DYN] = types;
  for (const [index, node] of nodes.entries()) {
    const type = types[index] ?? DYN;
    if (fits(first, type)) continue;
    refuse(inspection, node.at, `expected type '${showType(first)}' but found '${showType(type)}'`);
  }
  return first;
}
