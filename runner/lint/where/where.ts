/** A where clause read for problems. Types only. */

/** What is wrong with a clause, at a range of its text. */
export interface WhereFault {
  readonly kind: 'grammar' | 'attribute';
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly hint: string;
}

/** One comparison. `right` is absent after `IS NULL`, and where only a run knows it. */
export interface WhereTerm {
  readonly left: string;
  readonly start: number;
  readonly length: boolean;
  readonly operator: string;
  readonly right: readonly WhereLiteral[];
}

/** `name`: another attribute. Unknown parts of a string are `\u0000`. */
export interface WhereLiteral {
  readonly kind: 'string' | 'integer' | 'boolean' | 'name';
  readonly text: string;
  readonly start: number;
}

export interface ParsedWhere {
  readonly terms: readonly WhereTerm[];
  /** What only a run knows comes after these terms, outside of a quoted text. */
  readonly open: boolean;
  /** At most one: after it the rest is not understood. */
  readonly fault?: WhereFault;
}
