/** manifest:field: fields that the kind does not have. The API server ignores or refuses them, as the client asks. */
import { suggest } from '../../text/suggest.ts';
import data from '../data/manifests.json' with { type: 'json' };
import type { Manifest, ManifestFault, Path, Value } from './manifests.ts';
import { fieldsOf, listOf } from './values.ts';

const KINDS: Readonly<Record<string, string>> = data.kinds;
const TYPES: Readonly<Record<string, Readonly<Record<string, string>>>> = data.types;

/** Silent for kinds whose fields are not known. */
export function* checkFields({ kind, value }: Manifest): Iterable<ManifestFault> {
  const type = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (type !== undefined) yield* check(value, type, [], kind.split('/').at(-1) ?? kind);
}

function* check(value: Value, type: string, path: Path, owner: string): Iterable<ManifestFault> {
  if (type.startsWith('[]')) {
    for (const [index, item] of listOf(value).entries())
      yield* check(item, type.slice(2), [...path, index], owner);
    return;
  }
  if (type.startsWith('{}')) {
    for (const [key, item] of Object.entries(fieldsOf(value)))
      yield* check(item, type.slice(2), [...path, key], owner);
    return;
  }
  const fields = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (fields === undefined) return;
  for (const [key, inner] of Object.entries(fieldsOf(value))) {
    const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (known !== undefined) yield* check(inner, known, [...path, key], key);
    else {
      const near = suggest(key, Object.keys(fields));
      yield {
        code: 'manifest:field',
        path: [...path, key],
        message: `\`${owner}\` has no field \`${key}\`, so what stands there has no effect.`,
        hint:
          near === undefined
            ? `Its fields are ${Object.keys(fields).slice(0, 12).join(', ')} …`
            : `Did you mean \`${near}\`?`,
      };
    }
  }
}
