/** Joins Go's declarations with the OpenAPI document into the emulator's type table. Used by `generate.ts` alone. */
import type { FieldData, TypeData, TypeWord } from './data.ts';
import type { GoField, GoPackage } from './parse-go.ts';

/** What the generator needs of a definition in `swagger.json`. */
export interface SwaggerDefinition {
  readonly properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-group-version-kind'?: readonly { group: string; version: string; kind: string }[];
}

/** Where the declarations come from. A package key is `core.v1`, `meta.v1` …; a type key adds the type's name. */
export interface TypeSources {
  readonly definition: (typeKey: string) => SwaggerDefinition | undefined;
  readonly goPackage: (packageKey: string) => GoPackage;
}

const scalars: Readonly<Record<string, TypeWord>> = {
  string: 'string',
  bool: 'bool',
  int32: 'int32',
  int64: 'int64',
  float64: 'float64',
  '[]byte': 'bytes',
  'k8s.io/apimachinery/pkg/types.UID': 'string',
  'k8s.io/apimachinery/pkg/api/resource.Quantity': 'quantity',
  'k8s.io/apimachinery/pkg/util/intstr.IntOrString': 'intOrString',
  'k8s.io/apimachinery/pkg/runtime.RawExtension': 'raw',
  'apiextensions.v1.JSON': 'raw',
  'apiextensions.v1.JSONSchemaPropsOrBool': 'raw',
  'apiextensions.v1.JSONSchemaPropsOrStringArray': 'raw',
  // A list of schemas is not allowed there any more.
  'apiextensions.v1.JSONSchemaPropsOrArray': 'apiextensions.v1.JSONSchemaProps',
  'meta.v1.Time': 'time',
  'meta.v1.MicroTime': 'microTime',
  'meta.v1.Duration': 'duration',
  'meta.v1.FieldsV1': 'fieldsV1',
};

/** Every type that the given ones reach, by key, sorted. Throws for a declaration that it does not understand. */
export function collectTypes(roots: readonly string[], sources: TypeSources): Record<string, TypeData> {
  const types = new Map<string, TypeData>();
  const pending = [...roots];
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    if (types.has(key)) continue;
    const data = describeType(key, sources);
    types.set(key, data);
    const used = [...Object.values(data.fields), ...(data.inline ?? [])].map((field) => structOf(field.type));
    pending.push(...used.filter((word) => word.includes('.')));
  }
  return Object.fromEntries([...types].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

/** The word behind `[]` and `{}`. */
function structOf(type: TypeWord): string {
  return type.replace(/^(?:\[\]|\{\})+/v, '');
}

function describeType(key: string, sources: TypeSources): TypeData {
  const definition = sources.definition(key);
  const packageKey = key.slice(0, key.lastIndexOf('.'));
  const goFields = sources.goPackage(packageKey).structs.get(key.slice(packageKey.length + 1));
  if (goFields === undefined) throw new Error(`no Go struct for ${key}`);
  const fields: Record<string, FieldData> = {};
  const inline: { type: string; number?: number }[] = [];
  for (const goField of goFields) {
    const { word, go, pointer } = resolve(goField.type, packageKey, sources);
    const number = goField.number === undefined ? {} : { number: goField.number };
    if (goField.jsonName === '') {
      inline.push({ type: word, ...number });
      for (const [name, { number: _inside, ...field }] of Object.entries(describeType(word, sources).fields)) {
        fields[name] = { ...field, ...swaggerFacts(definition, name) };
      }
      continue;
    }
    fields[goField.jsonName] = {
      type: word,
      ...(go === undefined ? {} : { go }),
      ...number,
      ...(pointer ? { pointer } : {}),
      ...(goField.omitEmpty ? {} : { keepZero: true }),
      ...patchFacts(goField),
      ...swaggerFacts(definition, goField.jsonName),
    };
  }
  const map = definition?.['x-kubernetes-map-type'];
  return { fields, ...(inline.length > 0 ? { inline } : {}), ...(map === undefined ? {} : { map }) };
}

function patchFacts({ patch, patchKey }: GoField): Partial<FieldData> {
  return { ...(patch === undefined ? {} : { patch }), ...(patchKey === undefined ? {} : { patchKey }) };
}

function swaggerFacts(definition: SwaggerDefinition | undefined, name: string): Partial<FieldData> {
  const property = definition?.properties?.[name] ?? {};
  const list = property['x-kubernetes-list-type'];
  const keys = property['x-kubernetes-list-map-keys'];
  const map = property['x-kubernetes-map-type'];
  return {
    ...(definition?.required?.includes(name) === true ? { required: true } : {}),
    ...(typeof list === 'string' ? { list } : {}),
    ...(Array.isArray(keys) ? { keys: keys.map(String) } : {}),
    ...(typeof map === 'string' ? { map } : {}),
  };
}

interface ResolvedType {
  readonly word: TypeWord;
  /** As Go's reflection prints it, where a named type hides the plain one. */
  readonly go?: string;
  readonly pointer: boolean;
}

function resolve(written: string, packageKey: string, sources: TypeSources): ResolvedType {
  if (written.startsWith('*')) return { ...resolve(written.slice(1), packageKey, sources), pointer: true };
  const plain = scalars[written];
  if (plain !== undefined) return { word: plain, pointer: false };
  const [, container, inner] = /^(\[\]|map\[[\w.]+\])(.+)$/v.exec(written) ?? [];
  if (container !== undefined && inner !== undefined) {
    const item = resolve(inner, packageKey, sources);
    const isList = container === '[]';
    const key = isList ? '' : goKey(container.slice(4, -1), packageKey);
    const named = item.go !== undefined || (!isList && key !== 'string');
    const goItem = `${item.pointer ? '*' : ''}${item.go ?? goName(item.word)}`;
    const go = isList ? `[]${goItem}` : `map[${key}]${goItem}`;
    return { word: `${isList ? '[]' : '{}'}${item.word}`, ...(named ? { go } : {}), pointer: false };
  }
  return resolveNamed(written, packageKey, sources);
}

function resolveNamed(written: string, packageKey: string, sources: TypeSources): ResolvedType {
  const [name = '', qualifier] = written.split('.').toReversed();
  const path = qualifier === undefined ? undefined : sources.goPackage(packageKey).imports.get(qualifier);
  if (qualifier !== undefined && path === undefined) throw new Error(`${packageKey} imports no ${qualifier}`);
  const home = path === undefined ? packageKey : (packageKeyOf(path) ?? path);
  const special = scalars[`${home}.${name}`];
  if (special !== undefined) {
    return { word: special, ...(special === 'string' ? { go: `types.${name}` } : {}), pointer: false };
  }
  const declared = sources.goPackage(home).named.get(name);
  if (declared === undefined) return { word: `${home}.${name}`, pointer: false };
  return { word: resolve(declared, home, sources).word, go: `${home.split('.').at(-1)}.${name}`, pointer: false };
}

function goKey(written: string, packageKey: string): string {
  return written === 'string' || written.includes('.') ? written : `${packageKey.split('.').at(-1)}.${written}`;
}

/** As Go's reflection prints the type of a word. */
function goName(word: TypeWord): string {
  return word.includes('.') ? word.split('.').slice(-2).join('.') : word;
}

function packageKeyOf(path: string): string | undefined {
  const [, key] = /^k8s\.io\/(?:api|apimachinery\/pkg\/apis)\/(\w+\/\w+)$/v.exec(path) ?? [];
  return key?.replace('/', '.');
}
