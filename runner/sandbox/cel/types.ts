/** The types of CEL expressions: how they are written in errors, and which of them fit together. */

export type CelType =
  | { readonly kind: 'bool' | 'int' | 'double' | 'null' | 'dyn' }
  /** `size`: the most bytes, or elements, that there can be; absent: unknown. A map's keys are strings. */
  | { readonly kind: 'string'; readonly size?: number }
  | { readonly kind: 'list' | 'map'; readonly of: CelType; readonly size?: number }
  | { readonly kind: 'object'; readonly fields: ReadonlyMap<string, CelType> }
  /** A value of a kind that this engine has not; `name` says which. */
  | { readonly kind: 'foreign'; readonly name: string };

export const BOOL: CelType = { kind: 'bool' };
export const INT: CelType = { kind: 'int' };
export const DOUBLE: CelType = { kind: 'double' };
export const STRING: CelType = { kind: 'string' };
export const DYN: CelType = { kind: 'dyn' };

/** As errors show it. */
export function showType(type: CelType): string {
  switch (type.kind) {
    case 'list':
      return `list(${showType(type.of)})`;
    case 'map':
      return `map(string, ${showType(type.of)})`;
    case 'foreign':
      return type.name;
    case 'object':
    case 'bool':
    case 'int':
    case 'double':
    case 'string':
    case 'null':
    case 'dyn':
      return type.kind;
  }
}

/** Whether a value may be of both types. */
export function fits(one: CelType, other: CelType): boolean {
  if (one.kind === 'dyn' || other.kind === 'dyn') return true;
  const isHolder = one.kind === 'list' || one.kind === 'map';
  if (isHolder && one.kind === other.kind) return fits(one.of, other.of);
  if (one.kind === 'object' && other.kind === 'object') {
    return [...one.fields.keys()].join() === [...other.fields.keys()].join();
  }
  // A message may be absent.
  if (one.kind === 'object' || other.kind === 'object') return one.kind === 'null' || other.kind === 'null';
  return one.kind === other.kind;
}

/** Whether the type is one of these kinds, or not known before the run. */
export function isOf(type: CelType, ...kinds: readonly CelType['kind'][]): boolean {
  return type.kind === 'dyn' || kinds.includes(type.kind);
}
