/** The parsed form of a jq expression: the subset that `--jq` understands. */

export type Query =
  | { readonly kind: 'identity' }
  | { readonly kind: 'literal'; readonly value: unknown }
  /** A text with `\(…)` parts, each in the format. */
  | { readonly kind: 'text'; readonly parts: readonly (string | Query)[]; readonly format: string }
  /** `of[key]`; the key is evaluated on the input of the whole. */
  | { readonly kind: 'index'; readonly of: Query; readonly key: Query }
  | {
      readonly kind: 'slice';
      readonly of: Query;
      readonly from: Query | undefined;
      readonly to: Query | undefined;
    }
  | { readonly kind: 'each'; readonly of: Query }
  /** `of?` */
  | { readonly kind: 'try'; readonly of: Query }
  | { readonly kind: 'pipe' | 'comma'; readonly left: Query; readonly right: Query }
  | { readonly kind: 'operator'; readonly operator: string; readonly left: Query; readonly right: Query }
  | { readonly kind: 'negate'; readonly of: Query }
  | { readonly kind: 'array'; readonly of: Query | undefined }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [Query, Query])[] }
  | { readonly kind: 'if'; readonly test: Query; readonly yes: Query; readonly no: Query }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Query[] };

/** Why an expression is not understood. */
export interface JqProblem {
  readonly kind: 'problem';
  readonly text: string;
}
