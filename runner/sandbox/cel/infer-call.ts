/** The types of CEL's functions and macros. */
import type { CelNode } from './cel.ts';
import { CelUnknown } from './error.ts';
import { type Inspection, refuse, refuseOverload, requireBoolean, type TypeScope } from './inspection.ts';
import { BOOL, type CelType, DOUBLE, DYN, INT, isOf, showType, STRING } from './types.ts';
import { compileSearch } from '../../text/pattern/compile-search.ts';

type CallNode = Extract<CelNode, { kind: 'call' }>;
type Infer = (inspection: Inspection, node: CelNode, scope: TypeScope) => CelType;

const MACROS: readonly string[] = ['all', 'exists', 'exists_one', 'filter', 'map'];
const ON_STRINGS: readonly string[] = ['startsWith', 'endsWith', 'contains', 'matches'];
const CONVERSIONS: Readonly<Record<string, CelType>> = {
  string: STRING,
  int: INT,
  double: DOUBLE,
  bool: BOOL,
};

/** What the original has besides, by its libraries; nobody here can say what they give. */
const ELSEWHERE =
  /^(?:type|timestamp|duration|bytes|uint|get[A-Z]\w*|lowerAscii|upperAscii|trim|split|join|substring|replace|indexOf|lastIndexOf|charAt|format|quote|reverse|isSorted|sum|min|max|find|findAll|url|isURL|quantity|isQuantity|ip|isIP|cidr|isCIDR|semver|isSemver|optMap|optFlatMap|sets|slice|flatten|distinct|sort|sortBy|range|lists|math|named)$/;

/** The type of a call. Throws CelUnknown for functions that this engine does not have. */
export function inferCall(inspection: Inspection, node: CallNode, scope: TypeScope, infer: Infer): CelType {
  const { name, of, given, at } = node;
  if (name === 'has' && of === undefined) return inferHas(inspection, given[0], scope, infer);
  if (MACROS.includes(name) && of !== undefined) return inferMacro(inspection, node, of, scope, infer);
  const receiver = of === undefined ? [] : [infer(inspection, of, scope)];
  const types = [...receiver, ...given.map((part) => infer(inspection, part, scope))];
  const result = resultOf(name, types, of !== undefined);
  if (result !== undefined) {
    checkPattern(inspection, node);
    return result;
  }
  if (ELSEWHERE.test(name)) throw new CelUnknown(`CEL function ${name}`);
  if (!isKnown(name)) return refuse(inspection, at, `undeclared reference to '${name}' (in container '')`);
  const shown = (of === undefined ? types : types.slice(1)).map(showType).join(', ');
  const on = receiver.map((type) => `${showType(type)}.`).join('');
  return refuseOverload(inspection, at, name, `${on}(${shown})`);
}

function isKnown(name: string): boolean {
  return name === 'size' || name === 'dyn' || ON_STRINGS.includes(name) || Object.hasOwn(CONVERSIONS, name);
}

function resultOf(name: string, types: readonly CelType[], isMethod: boolean): CelType | undefined {
  const [first = DYN, second = DYN] = types;
  if (name === 'size' && types.length === 1) return isOf(first, 'string', 'list', 'map') ? INT : undefined;
  if (ON_STRINGS.includes(name) && isMethod && types.length === 2)
    return isOf(first, 'string') && isOf(second, 'string') ? BOOL : undefined;
  if (isMethod || types.length !== 1) return undefined;
  if (name === 'dyn') return DYN;
  const isScalar = isOf(first, 'string', 'int', 'double', 'bool');
  return isScalar && Object.hasOwn(CONVERSIONS, name) ? CONVERSIONS[name] : undefined;
}

/** A pattern that is written down is compiled at once. */
function checkPattern(inspection: Inspection, { name, given: [pattern] }: CallNode): void {
  if (name !== 'matches' || pattern?.kind !== 'literal' || typeof pattern.value !== 'string') return;
  if (typeof compileSearch(pattern.value) !== 'function')
    refuse(inspection, pattern.at, 'invalid matches argument');
}

function inferHas(
  inspection: Inspection,
  node: CelNode | undefined,
  scope: TypeScope,
  infer: Infer,
): CelType {
  if (node?.kind !== 'select') return refuse(inspection, node?.at ?? 0, 'invalid argument to has() macro');
  const of = infer(inspection, node.of, scope);
  // The checker sees the macro, not the field in it.
  if (of.kind === 'object' && !of.fields.has(node.field)) {
    const place = inspection.source.lastIndexOf('has', node.at) + 'has'.length;
    return refuse(inspection, place, `undefined field '${node.field}'`);
  }
  return BOOL;
}

function inferMacro(
  inspection: Inspection,
  { name, given }: CallNode,
  of: CelNode,
  scope: TypeScope,
  infer: Infer,
): CelType {
  const range = infer(inspection, of, scope);
  const [variable, ...bodies] = given;
  if (variable?.kind !== 'name')
    return refuse(inspection, variable?.at ?? of.at, 'argument must be a simple name');
  if (!isOf(range, 'list', 'map')) {
    const words = `expression of type '${showType(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`;
    return refuse(inspection, of.at, words);
  }
  const element = range.kind === 'list' ? range.of : range.kind === 'map' ? STRING : DYN;
  const inner = new Map([...scope, [variable.name, element]]);
  const types = bodies.map((body) => infer(inspection, body, inner));
  const [test] = bodies;
  if (test !== undefined && (name !== 'map' || bodies.length > 1))
    requireBoolean(inspection, test, types[0] ?? DYN);
  if (name !== 'filter' && name !== 'map') return BOOL;
  const size = range.kind === 'list' || range.kind === 'map' ? range.size : undefined;
  const kept = name === 'map' ? (types.at(-1) ?? DYN) : element;
  return { kind: 'list', of: kept, ...(size === undefined ? {} : { size }) };
}
