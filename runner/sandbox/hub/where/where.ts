/** A where expression after parsing: a conjunction of comparisons over an entity's attributes. Types only. */

/** `uuids` is a list of ids, `strings` a map of texts, `flags` a map of booleans. */
export type AttributeType =
  | 'string'
  | 'integer'
  | 'uuid'
  | 'boolean'
  | 'time'
  | 'uuids'
  | 'strings'
  | 'flags';

/** Which attributes an entity type has, and which other entities its expressions may reach by a prefix. */
export interface EntityAttributes {
  readonly attributes: Readonly<Record<string, AttributeType>>;
  /** JSON paths (without `$.`) of attributes that do not lie under their own name. */
  readonly paths?: Readonly<Record<string, string>>;
  /** By prefix. */
  readonly relations: Readonly<Record<string, Relation>>;
}

/**
 * The entity type behind a prefix and our attribute that leads to it: it holds an id, or the number of a revision or mutation
 * of our unit; or the newest of our unit's is meant.
 */
export interface Relation {
  readonly type: string;
  readonly by: string;
  readonly how?: 'number' | 'newest';
}

/** An operand by name, resolved. */
export interface Attribute {
  readonly kind: 'attribute';
  /** As it was written, for messages. */
  readonly text: string;
  readonly relation?: Relation;
  readonly name: string;
  /** JSON path without `$.`. */
  readonly path: string;
  /** The key inside a map attribute (`Labels.<key>`). */
  readonly key?: string;
  readonly type: AttributeType;
  /** `LEN(…)`: the value is a number. */
  readonly length: boolean;
}

/** An operand by value. */
export type Literal =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean };

/** `~~` and `!~~` are other spellings of LIKE and NOT LIKE. */
export type Operator =
  | '='
  | '!='
  | '<'
  | '>'
  | '<='
  | '>='
  | 'LIKE'
  | 'NOT LIKE'
  | 'ILIKE'
  | '~'
  | '~*'
  | '!~'
  | '!~*'
  | 'IN'
  | 'NOT IN'
  | '?'
  | 'IS NULL'
  | 'IS NOT NULL';

/** One comparison. */
export interface Term {
  readonly left: Attribute;
  readonly operator: Operator;
  /** One value, the values of an `IN`, or none for `IS NULL`. */
  readonly right: readonly (Literal | Attribute)[];
}
