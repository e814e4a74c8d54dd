/**
 * The part of the Common Expression Language that validations use, the hub's and those of custom resources, as a tree. Types
 * only. What CEL has and this engine does not (timestamps, durations, bytes, messages) is refused by name.
 */

/** Integers are bigint and doubles number, because CEL does not mix them in arithmetic. */
export type CelValue =
  | null
  | boolean
  | string
  | number
  | bigint
  | readonly CelValue[]
  | ReadonlyMap<string, CelValue>;

/** A node of the tree. `at` is its place in the expression: of its operator, dot or bracket; a call's is its parenthesis. */
export type CelNode = { readonly at: number } & (
  | { readonly kind: 'literal'; readonly value: CelValue }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'select'; readonly of: CelNode; readonly field: string }
  | { readonly kind: 'index'; readonly of: CelNode; readonly index: CelNode }
  | {
      readonly kind: 'call';
      readonly of: CelNode | undefined;
      readonly name: string;
      readonly given: readonly CelNode[];
    }
  | { readonly kind: 'not' | 'negate'; readonly operand: CelNode }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: CelNode; readonly right: CelNode }
  | { readonly kind: 'choice'; readonly test: CelNode; readonly yes: CelNode; readonly no: CelNode }
  | { readonly kind: 'list'; readonly items: readonly CelNode[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [CelNode, CelNode])[] }
);
