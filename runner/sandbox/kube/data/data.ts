/** The shapes of the generated data files: what `generate.ts` writes and the rest of the emulator reads. */

/**
 * A type in one word: a scalar of Go (`string`, `bool`, `int32`, `int64`, `float64`, `bytes`), one of the API's own
 * scalars (`quantity`, `intOrString`, `time`, `microTime`, `duration`, `raw`, `fieldsV1`), a struct by its key in
 * `TypeTable.types`, or one of these behind `[]` (a list) or `{}` (a map by string).
 */
export type TypeWord = string;

/** One field of a struct, by its JSON name. */
export interface FieldData {
  readonly type: TypeWord;
  /** The name that Go prints for the field's type, where it cannot be derived from `type`. */
  readonly go?: string;
  /** The protobuf field number; absent where the field never travels as protobuf. */
  readonly number?: number;
  /** Go holds a pointer: zero and absent are two things. */
  readonly pointer?: boolean;
  /** Not `omitempty`: Go prints the field's zero value. */
  readonly keepZero?: boolean;
  readonly required?: boolean;
  /** For server-side apply: how a list (or a map, a struct) merges. Absent: lists are atomic, the others granular. */
  readonly list?: string;
  readonly keys?: readonly string[];
  readonly map?: string;
  /** For strategic merge: the strategies, and the merge key of a list of objects. */
  readonly patch?: readonly string[];
  readonly patchKey?: string;
}

/** One struct. Fields of `inline` structs are in `fields` too, without a number: their numbers are inside that struct. */
export interface TypeData {
  readonly fields: Readonly<Record<string, FieldData>>;
  readonly inline?: readonly { readonly type: string; readonly number?: number }[];
  /** `atomic`: server-side apply never looks inside. */
  readonly map?: string;
}

/** `types.json`. */
export interface TypeTable {
  /** `group/version/Kind` (the core group is empty: `/v1/Pod`) -> the key of its struct. */
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, TypeData>>;
}

/** `discovery.json`: one served resource. */
export interface DiscoveredResource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly resource: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: readonly DiscoveredSubresource[];
}

/** A subresource with the kind of its body, which may be of another group (`deployments/scale`: autoscaling/v1 Scale). */
export interface DiscoveredSubresource {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly verbs: readonly string[];
}
