/**
 * Reads Go's type declarations. Only they tell a pointer from a value and `omitempty` from its absence, which decide what
 * a zero in a protobuf body means and what Go's decoder says of a wrong type. Used by `generate.ts` alone.
 */

/** One field of a Go struct, as written. */
export interface GoField {
  /** Empty for a field that JSON inlines. */
  readonly jsonName: string;
  /** As written, e.g. `*metav1.Time`. */
  readonly type: string;
  readonly omitEmpty: boolean;
  readonly number?: number;
  readonly patch?: readonly string[];
  readonly patchKey?: string;
}

/** The declarations of one Go package. */
export interface GoPackage {
  /** Import name -> path, e.g. `metav1` -> `k8s.io/apimachinery/pkg/apis/meta/v1`. */
  readonly imports: ReadonlyMap<string, string>;
  readonly structs: ReadonlyMap<string, readonly GoField[]>;
  /** `type PullPolicy string`: name -> underlying type, as written. */
  readonly named: ReadonlyMap<string, string>;
}

/** The declarations in one package's `types.go`. */
export function parseGo(source: string): GoPackage {
  const imports = new Map<string, string>();
  const structs = new Map<string, readonly GoField[]>();
  const named = new Map<string, string>();
  for (const [, alias, path] of source.matchAll(/^\t(?:(\w+) )?"([\w.\/\-]+)"$/gmv)) {
    if (path !== undefined) imports.set(alias ?? path.split('/').at(-1) ?? path, path);
  }
  for (const [, name, body] of source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gmv)) {
    if (name !== undefined && body !== undefined) structs.set(name, parseFields(body));
  }
  for (const [, name] of source.matchAll(/^type (\w+) struct\{\}$/gmv)) {
    if (name !== undefined) structs.set(name, []);
  }
  for (const [, name, type] of source.matchAll(/^type (\w+) ([\w.\[\]]+)$/gmv)) {
    if (name !== undefined && type !== undefined) named.set(name, type);
  }
  return { imports, structs, named };
}

function parseFields(body: string): GoField[] {
  const fields: GoField[] = [];
  for (const line of body.split('\n')) {
    const [, , type, tags = ''] = /^\t(?:(\w+)\s+)?([\w.*\[\]]+)\s+`(.*)`/v.exec(line) ?? [];
    const json = tagOf(tags, 'json');
    if (type === undefined || json === undefined || json === '-') continue;
    const [jsonName = '', ...options] = json.split(',');
    const number = tagOf(tags, 'protobuf')?.split(',')[1];
    const patch = tagOf(tags, 'patchStrategy')?.split(',');
    const patchKey = tagOf(tags, 'patchMergeKey');
    fields.push({
      jsonName,
      type,
      omitEmpty: options.includes('omitempty') || options.includes('omitzero'),
      ...(number === undefined ? {} : { number: Number(number) }),
      ...(patch === undefined ? {} : { patch }),
      ...(patchKey === undefined ? {} : { patchKey }),
    });
  }
  return fields;
}

function tagOf(tags: string, name: string): string | undefined {
  return new RegExp(`(?:^| )${name}:"([^"]*)"`, 'v').exec(tags)?.[1];
}
