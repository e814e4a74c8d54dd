/** The one door to the generated type table: every part asks here what a kind's fields are. */
import table from '../data/types.json' with { type: 'json' };
import type { TypeData, TypeTable, TypeWord } from '../data/data.ts';
import type { GroupVersionKind } from '../kube.ts';

const { kinds, types }: TypeTable = table;

/** A type word taken apart: a list or a map of another word, a struct, or a scalar. */
export type TypeShape =
  | { readonly kind: 'list'; readonly item: TypeWord }
  | { readonly kind: 'map'; readonly item: TypeWord }
  | { readonly kind: 'struct'; readonly struct: TypeData }
  | { readonly kind: 'scalar' };

/**
 * The key of a kind's struct, or undefined for a kind that the emulator does not know. Options such as DeleteOptions are
 * served in every group.
 */
export function findKind({ group, version, kind }: GroupVersionKind): string | undefined {
  const own = kinds[`${group}/${version}/${kind}`];
  if (own !== undefined) return own;
  const shared = kinds[`/v1/${kind}`];
  return shared?.startsWith('meta.') === true ? shared : undefined;
}

/** The struct of a key. Throws for a key that the table lacks: the data would be incomplete. */
export function findStruct(key: string): TypeData {
  const found = types[key];
  if (found === undefined) throw new Error(`no type ${key} in the emulator's data`);
  return found;
}

/** Takes a type word apart. */
export function shapeOf(word: TypeWord): TypeShape {
  if (word.startsWith('[]')) return { kind: 'list', item: word.slice(2) };
  if (word.startsWith('{}')) return { kind: 'map', item: word.slice(2) };
  return word.includes('.') ? { kind: 'struct', struct: findStruct(word) } : { kind: 'scalar' };
}

/** The type as Go's reflection prints it, e.g. `map[string]v1.Container`. */
export function nameInGo(word: TypeWord): string {
  if (word.startsWith('[]')) return `[]${nameInGo(word.slice(2))}`;
  if (word.startsWith('{}')) return `map[string]${nameInGo(word.slice(2))}`;
  if (word.includes('.')) return word.split('.').slice(-2).join('.');
  return goScalars[word] ?? word;
}

const goScalars: Readonly<Record<string, string>> = {
  bytes: '[]uint8',
  quantity: 'resource.Quantity',
  intOrString: 'intstr.IntOrString',
  time: 'v1.Time',
  microTime: 'v1.MicroTime',
  duration: 'v1.Duration',
  raw: 'runtime.RawExtension',
  fieldsV1: 'v1.FieldsV1',
};
