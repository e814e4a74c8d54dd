/** Reads the imports and function lengths of the repository's sources with a real parser, for the architecture test. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { parseSync } from 'oxc-parser';

export interface Import {
  /** A path from the repository's root for relative imports, else the specifier. */
  readonly target: string;
  /** True where nothing of it exists at run time. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Functions over the budget, as `name (N lines)`. */
  readonly longFunctions: readonly string[];
}

/** All sources below `folder`, tests and data tables aside. */
export function readSources(folder: string, functionLimit: number): SourceFile[] {
  return globSync(`${folder}/**/*.{ts,js}`)
    .filter((path) => !/\/(data|built)\/|\.d\.ts$/.test(path))
    .toSorted()
    .map((path) => readSource(path, functionLimit));
}

function readSource(path: string, functionLimit: number): SourceFile {
  const text = readFileSync(path, 'utf8');
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message ?? 'does not parse'}`);
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  return {
    path,
    lines: text.trimEnd().split('\n').length,
    imports: [...staticImports(path, parsed.module), ...dynamicImports(path, text, parsed.module)],
    longFunctions: functions(parsed.program)
      .map(({ name, start, end }) => ({ name, lines: lineOf(end) - lineOf(start) + 1 }))
      .filter(({ lines }) => lines > functionLimit)
      .map(({ name, lines }) => `${path}: ${name} (${lines} lines)`),
  };
}

type ModuleRecord = ReturnType<typeof parseSync>['module'];

function staticImports(path: string, module: ModuleRecord): Import[] {
  const imports = module.staticImports.map(({ moduleRequest, entries }) => ({
    target: resolve(path, moduleRequest.value),
    typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
  }));
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, isType }) =>
      moduleRequest == null ? [] : [{ target: resolve(path, moduleRequest.value), typeOnly: isType }],
    ),
  );
  return [...imports, ...exports];
}

function dynamicImports(path: string, text: string, module: ModuleRecord): Import[] {
  return module.dynamicImports.flatMap(({ moduleRequest }) => {
    const literal = /^['"](.*)['"]$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    return literal?.[1] === undefined ? [] : [{ target: resolve(path, literal[1]), typeOnly: false }];
  });
}

function resolve(path: string, specifier: string): string {
  return specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : specifier;
}

interface FunctionNode {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function functions(node: unknown, name = 'anonymous'): FunctionNode[] {
  if (Array.isArray(node)) return node.flatMap((child) => functions(child, name));
  if (typeof node !== 'object' || node === null || !('type' in node)) return [];
  const own = nameOf(node) ?? name;
  const inner = Object.values(node).flatMap((child: unknown) => functions(child, own));
  const isFunction = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(
    String(node.type),
  );
  const { start, end } = node as unknown as { start: number; end: number };
  return isFunction ? [{ name: own, start, end }, ...inner] : inner;
}

function nameOf(node: object): string | undefined {
  const holder = 'id' in node ? node.id : 'key' in node ? node.key : undefined;
  return typeof holder === 'object' && holder !== null && 'name' in holder ? String(holder.name) : undefined;
}
