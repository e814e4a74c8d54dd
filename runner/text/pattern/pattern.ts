/**
 * Regular expressions without backtracking. A pattern meets a text that its author has not seen, and those of where
 * expressions come from whoever can reach the hub; so their time must be bounded by their lengths: patterns become automata
 * (Thompson; Pike's simulation), and what an automaton cannot do, look-around and back-references, is refused when it is read.
 */

/** Steps that are left. Shared by all lines of a comparison, so that the whole is bounded. Below zero it is spent. */
export interface Budget {
  steps: number;
}

/** A pattern as a tree. */
export type PatternNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'char'; readonly accepts: (char: string) => boolean }
  | { readonly kind: 'assert'; readonly holds: (before: string, after: string) => boolean }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'capture'; readonly slot: number; readonly item: PatternNode }
  | {
      readonly kind: 'repeat';
      readonly item: PatternNode;
      readonly min: number;
      readonly max: number;
      readonly lazy: boolean;
    };

/** A step of the automaton. `split` prefers `first`. */
export type Instruction =
  | { readonly kind: 'char'; readonly accepts: (char: string) => boolean }
  | { readonly kind: 'assert'; readonly holds: (before: string, after: string) => boolean }
  | { readonly kind: 'split'; readonly first: number; readonly second: number }
  | { readonly kind: 'jump'; readonly to: number }
  | { readonly kind: 'save'; readonly slot: number }
  | { readonly kind: 'match' };

export type Program = readonly Instruction[];

/** A pattern that cannot be used; `column` counts from 0 in its text. */
export interface PatternFault {
  readonly column: number;
  readonly message: string;
  readonly hint?: string;
}
