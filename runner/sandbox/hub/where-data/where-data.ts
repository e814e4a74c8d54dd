/**
 * Expressions on configuration data: `<path> <operator> <literal>` joined by AND, evaluated on the resources of one type.
 * Types only.
 */

/** The comparison of one path. `ifPresent` is the part of the path behind `.|`, which may be missing. */
export interface DataCondition {
  readonly path: string;
  readonly ifPresent: string | undefined;
  readonly operator: string;
  /** As it was written, with its quotes; for IN with its parentheses. */
  readonly literal: string;
  readonly type: 'string' | 'int' | 'bool';
}
