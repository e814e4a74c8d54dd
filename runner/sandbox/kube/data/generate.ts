/**
 * Writes the data files beside it from the Go modules that `k8s/control-plane` pins, so that the emulator and the real
 * control plane speak of the same version. Run by hand when the version or `served-kinds.ts` moves; needs Go and the
 * modules (`go mod download` in that folder). Field numbers come from Go's struct tags: `generated.proto` is made of them.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectTypes } from './collect-types.ts';
import type { SwaggerDefinition } from './collect-types.ts';
import type { DiscoveredResource, TypeTable } from './data.ts';
import { parseGo } from './parse-go.ts';
import type { GoPackage } from './parse-go.ts';
import { selectDiscovery } from './select-discovery.ts';
import type { ResourceList } from './select-discovery.ts';
import { servedVersions } from './served-kinds.ts';

type Definitions = Readonly<Record<string, SwaggerDefinition>>;

const here = import.meta.dirname;
const pinned = join(here, '../../../../k8s/control-plane');
const metaTypes = 'io.k8s.apimachinery.pkg.apis.meta.v1.';
const apiTypes = 'io.k8s.api.';
const extensionTypes = 'io.k8s.apiextensions-apiserver.pkg.apis.';

const packages = new Map<string, GoPackage>();
const kubernetes = moduleFolder('k8s.io/kubernetes');
writeJson('types.json', typeTable());
writeJson('discovery.json', discovery());

function typeTable(): TypeTable {
  const { definitions } = readJson('api/openapi-spec/swagger.json') as { definitions: Definitions };
  const kinds: Record<string, string> = {};
  for (const { group, version, kinds: served, bodies } of servedVersions) {
    for (const kind of [...served, ...bodies]) {
      kinds[`${group}/${version}/${kind}`] = typeOfKind(definitions, group, version, kind);
    }
  }
  return { kinds, types: collectTypes(Object.values(kinds), { definition: definitionOf(definitions), goPackage }) };
}

function typeOfKind(definitions: Definitions, group: string, version: string, kind: string): string {
  const found = Object.entries(definitions).find(([, definition]) =>
    definition['x-kubernetes-group-version-kind']?.some(
      (known) => known.group === group && known.version === version && known.kind === kind,
    ),
  );
  if (found === undefined) throw new Error(`no definition of ${group}/${version} ${kind}`);
  const name = found[0];
  if (name.startsWith(metaTypes)) return `meta.v1.${name.slice(metaTypes.length)}`;
  return name.slice((name.startsWith(extensionTypes) ? extensionTypes : apiTypes).length);
}

function definitionOf(definitions: Definitions): (typeKey: string) => SwaggerDefinition | undefined {
  return (typeKey) => {
    if (typeKey.startsWith('meta.v1.')) return definitions[`${metaTypes}${typeKey.slice('meta.v1.'.length)}`];
    return definitions[(typeKey.startsWith('apiextensions.') ? extensionTypes : apiTypes) + typeKey];
  };
}

function discovery(): DiscoveredResource[] {
  return servedVersions.flatMap((served) => {
    const path = served.group === '' ? 'api' : `apis__${served.group}`;
    return selectDiscovery(served, readJson(`api/discovery/${path}__${served.version}.json`) as ResourceList);
  });
}

function goPackage(packageKey: string): GoPackage {
  const known = packages.get(packageKey);
  if (known !== undefined) return known;
  const folder = packageKey.replace('.', '/');
  const files = sourcesOf(packageKey, folder);
  const parsed = parseGo(files.map((file) => readFileSync(file, 'utf8')).join('\n'));
  packages.set(packageKey, parsed);
  return parsed;
}

function sourcesOf(packageKey: string, folder: string): string[] {
  if (packageKey.startsWith('meta.')) {
    return [join(moduleFolder('k8s.io/apimachinery'), 'pkg/apis', folder, 'types.go')];
  }
  if (!packageKey.startsWith('apiextensions.')) return [join(moduleFolder('k8s.io/api'), folder, 'types.go')];
  const path = join(moduleFolder('k8s.io/apiextensions-apiserver'), 'pkg/apis', folder);
  return [join(path, 'types.go'), join(path, 'types_jsonschema.go')];
}

function moduleFolder(module: string): string {
  const options = { cwd: pinned, encoding: 'utf8' } as const;
  return execFileSync('go', ['list', '-m', '-f', '{{.Dir}}', module], options).trim();
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(kubernetes, path), 'utf8'));
}

/** One line per entry: small, and a diff shows what moved. */
function writeJson(name: string, data: unknown): void {
  writeFileSync(join(here, name), `${renderLines(data, 0)}\n`);
}

function renderLines(data: unknown, depth: number): string {
  if (typeof data !== 'object' || data === null || depth === 2) return JSON.stringify(data);
  const entries = Array.isArray(data)
    ? data.map((item) => JSON.stringify(item))
    : Object.entries(data).map(([key, value]) => `${JSON.stringify(key)}:${renderLines(value, depth + 1)}`);
  const [open, close] = Array.isArray(data) ? '[]' : '{}';
  return `${open}\n${entries.join(',\n')}\n${close}`;
}
