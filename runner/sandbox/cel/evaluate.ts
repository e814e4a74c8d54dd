/** Evaluates a checked CEL expression. */
import type { CelNode, CelValue } from './cel.ts';
import { callFunction } from './calls.ts';
import { CelError } from './error.ts';
import { areEqual, calculate, compareOrder, isList } from './values.ts';

/** What names stand for. */
export type Scope = ReadonlyMap<string, CelValue>;

/** The value of an expression. Throws CelError. */
export function evaluate(node: CelNode, scope: Scope): CelValue {
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'name':
      return scope.get(node.name) ?? null;
    case 'select':
      return select(evaluate(node.of, scope), node.field);
    case 'index':
      return index(evaluate(node.of, scope), evaluate(node.index, scope));
    case 'not':
      return !requireBoolean(evaluate(node.operand, scope));
    case 'negate':
      return negate(evaluate(node.operand, scope));
    case 'binary':
      return binary(node.operator, node.left, node.right, scope);
    case 'choice':
      return evaluate(requireBoolean(evaluate(node.test, scope)) ? node.yes : node.no, scope);
    case 'list':
      return node.items.map((item) => evaluate(item, scope));
    case 'map':
      return new Map(
        node.entries.map(([key, value]) => [showKey(evaluate(key, scope)), evaluate(value, scope)]),
      );
    case 'call':
      return call(node, scope);
  }
}

const ITERATED: Readonly<Record<string, string>> = { string: 'String', number: 'Double', boolean: 'Bool' };

type CallNode = Extract<CelNode, { kind: 'call' }>;

function call(node: CallNode, scope: Scope): CelValue {
  if (node.name === 'has') return has(node.given[0], scope);
  const [variable, ...bodies] = node.given;
  const isMacro = ['all', 'exists', 'exists_one', 'filter', 'map'].includes(node.name);
  if (isMacro && node.of !== undefined && variable?.kind === 'name')
    return runMacro(node.name, elementsOf(evaluate(node.of, scope)), variable.name, bodies, scope);
  const given = [...(node.of === undefined ? [] : [node.of]), ...node.given];
  return callFunction(
    node.name,
    given.map((one) => evaluate(one, scope)),
  );
}

/** Whether a field is there; what it is a field of must be there. */
function has(node: CelNode | undefined, scope: Scope): boolean {
  if (node?.kind !== 'select') throw new CelError('invalid argument to has() macro');
  const of = evaluate(node.of, scope);
  if (!(of instanceof Map)) throw new CelError('no such overload');
  return of.has(node.field);
}

function runMacro(
  name: string,
  elements: readonly CelValue[],
  variable: string,
  bodies: readonly CelNode[],
  scope: Scope,
): CelValue {
  const run = (body: CelNode | undefined, element: CelValue): CelValue =>
    body === undefined ? null : evaluate(body, new Map([...scope, [variable, element]]));
  const holds = (element: CelValue): boolean => requireBoolean(run(bodies[0], element));
  if (name === 'all') return decide(elements, holds, false) ?? true;
  if (name === 'exists') return decide(elements, holds, true) ?? false;
  if (name === 'exists_one') return elements.filter(holds).length === 1;
  const kept = name === 'filter' || bodies.length > 1 ? elements.filter(holds) : elements;
  return name === 'filter' ? kept : kept.map((element) => run(bodies.at(-1), element));
}

/** `wanted` as soon as one element gives it, whatever fails for others; else the first failure. */
function decide<T>(items: readonly T[], holds: (item: T) => boolean, wanted: boolean): boolean | undefined {
  let failure: CelError | undefined;
  for (const item of items)
    try {
      if (holds(item) === wanted) return wanted;
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      failure ??= error;
    }
  if (failure !== undefined) throw failure;
  return undefined;
}

function binary(operator: string, left: CelNode, right: CelNode, scope: Scope): CelValue {
  if (operator === '||' || operator === '&&') {
    const wanted = operator === '||';
    return decide([left, right], (side) => requireBoolean(evaluate(side, scope)), wanted) ?? !wanted;
  }
  const a = evaluate(left, scope);
  const b = evaluate(right, scope);
  if (operator === '==' || operator === '!=') return areEqual(a, b) === (operator === '==');
  if (operator === 'in') return contains(b, a);
  return ['<', '<=', '>', '>='].includes(operator) ? compareOrder(operator, a, b) : calculate(operator, a, b);
}

function contains(container: CelValue, value: CelValue): boolean {
  if (isList(container)) return container.some((item) => areEqual(item, value));
  if (container instanceof Map) return typeof value === 'string' && container.has(value);
  throw new CelError('no such overload');
}

function select(of: CelValue, field: string): CelValue {
  if (of !== null && !(of instanceof Map)) throw new CelError('no such overload');
  const value: CelValue | undefined = of?.get(field);
  if (value === undefined) throw new CelError(`no such key: ${field}`);
  return value;
}

function index(of: CelValue, at: CelValue): CelValue {
  if (typeof at === 'object' || typeof at === 'boolean') throw new CelError('no such overload');
  if (!isList(of)) return select(of, String(at));
  const value = of[Number(at)];
  if (value === undefined) throw new CelError(`index out of bounds: ${at}`);
  return value;
}

function showKey(key: CelValue): string {
  if (typeof key === 'object') throw new CelError('unsupported key type');
  return String(key);
}

function negate(value: CelValue): CelValue {
  if (typeof value === 'bigint' || typeof value === 'number') return -value;
  throw new CelError('no such overload');
}

function requireBoolean(value: CelValue): boolean {
  if (typeof value === 'boolean') return value;
  throw new CelError('no such overload');
}

function elementsOf(value: CelValue): readonly CelValue[] {
  if (isList(value)) return value;
  if (value instanceof Map) return [...value.keys()];
  const type = value === null ? 'Null' : (ITERATED[typeof value] ?? 'Int');
  throw new CelError(`got 'types.${type}', expected iterable type`);
}
