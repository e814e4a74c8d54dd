/** Holds ARCHITECTURE.md's import table and size budget. Each rule is shown to fail on a made-up violation. */
import { describe, expect, test } from 'vitest';
import { readSources, type SourceFile } from './support/imports.ts';

interface Rule {
  /** Folders that may be imported besides its own. */
  readonly values: readonly string[];
  /** Folders of which only types may be imported. */
  readonly types?: readonly string[];
  /** npm packages; `lazily` in the table means by dynamic import, which this list allows too. */
  readonly packages?: readonly string[];
  /** Files that may import `node:*`; `*` for all. */
  readonly node?: readonly string[];
}

const SERVERS = ['runner/sandbox/store', 'runner/sandbox/http', 'runner/text'];

/** The longest matching folder rules a file. */
const RULES: Readonly<Record<string, Rule>> = {
  'runner/text': { values: [], packages: ['yaml'] },
  'runner/expectation': { values: ['runner/text'], packages: ['yaml'] },
  'runner/chapter': { values: ['runner/expectation', 'runner/text'], packages: ['markdown-it', 'yaml'] },
  'runner/lint': { values: ['runner/text'], types: ['runner/chapter'], packages: ['yaml', 'unbash'] },
  'runner/plan': { values: ['runner/text'], types: ['runner/chapter', 'runner/expectation'] },
  'runner/execution': {
    values: ['runner/expectation', 'runner/text'],
    types: ['runner/plan', 'runner/world', 'runner/chapter'],
    packages: ['execa', 'unbash'],
    node: ['*'],
  },
  'runner/export': {
    values: ['runner/expectation', 'runner/lint', 'runner/text'],
    types: ['runner/chapter'],
  },
  'runner/report': {
    values: ['runner/text'],
    types: ['runner/chapter', 'runner/plan', 'runner/execution', 'runner/expectation', 'runner/world'],
  },
  'runner/world': {
    values: ['runner/sandbox/sandbox.ts', 'runner/sandbox/open.ts', 'runner/text'],
    types: ['runner/chapter'],
    packages: ['@kubernetes/client-node', 'execa', 'yaml'],
    node: ['*'],
  },
  'runner/sandbox': {
    values: ['runner/sandbox', 'runner/text'],
    node: ['heap', 'open-emulator', 'open-hub', 'server-part'].map((name) => `runner/sandbox/${name}.ts`),
  },
  'runner/sandbox/store': { values: ['runner/text'], node: ['runner/sandbox/store/sqlite.ts'] },
  'runner/sandbox/http': {
    values: ['runner/text'],
    node: [
      'runner/sandbox/http/serve.ts',
      'runner/sandbox/http/serve-http2.ts',
      'runner/sandbox/http/certificate.ts',
    ],
  },
  'runner/sandbox/cel': { values: ['runner/text'] },
  'runner/sandbox/hub': { values: [...SERVERS, 'runner/sandbox/cel'], packages: ['yaml'] },
  'runner/sandbox/kube': { values: [...SERVERS, 'runner/sandbox/cel'], packages: ['yaml'] },
  'runner/sandbox/worker': {
    values: ['runner/sandbox/hub/merge', 'runner/text'],
    types: ['runner/sandbox/kube'],
    packages: ['@kubernetes/client-node', 'yaml'],
    node: ['*'],
  },
  'runner/sandbox/control-plane': {
    values: ['runner/sandbox', 'runner/text'],
    packages: ['@kubernetes/client-node', 'yaml'],
  },
  'runner/sandbox/cub': { values: ['runner/load.js'], packages: ['yaml'], node: ['*'] },
  'runner/cli': { values: ['runner'], packages: ['chokidar'], node: ['*'] },
  site: {
    values: [
      'runner/chapter',
      'runner/export',
      'runner/text',
      'runner/report/failures.ts',
      'runner/report/render-duration.ts',
      'runner/report/render-world.ts',
      'runner/report/report.schema.json',
    ],
    types: ['runner/report', 'runner/expectation', 'runner/world'],
    packages: [
      '@shikijs',
      'ajv',
      'github-slugger',
      'markdown-it',
      'markdown-it-github-alerts',
      'minisearch',
      'shiki',
      'vite',
    ],
    node: ['*'],
  },
  'site/client': { values: [], packages: ['minisearch'] },
  'runner/main.ts': { values: ['runner/cli'] },
  'runner/load.js': { values: [], node: ['*'] },
  'runner/bin.js': { values: ['runner/main.ts', 'runner/load.js'], node: ['*'] },
};

const LIMITS = { median: 90, p90: 200, max: 300, functionLines: 50 };

const sources = ['runner', 'site'].flatMap((folder) => readSources(folder, LIMITS.functionLines));

function ruleFolder(path: string): string | undefined {
  return Object.keys(RULES)
    .filter((folder) => path === folder || path.startsWith(`${folder}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

const within = (target: string, folder: string): boolean =>
  target === folder || target.startsWith(`${folder}/`);

function violations(file: SourceFile): string[] {
  const folder = ruleFolder(file.path);
  const rule = folder === undefined ? undefined : RULES[folder];
  if (folder === undefined || rule === undefined) return [`${file.path}: no rule names this folder`];
  return file.imports
    .filter(({ target, typeOnly }) => !allowed(file.path, folder, rule, target, typeOnly))
    .map(({ target, typeOnly }) => `${file.path} imports ${typeOnly ? 'types of ' : ''}${target}`);
}

function allowed(path: string, folder: string, rule: Rule, target: string, typeOnly: boolean): boolean {
  if (target.startsWith('node:')) return rule.node?.some((name) => name === '*' || name === path) ?? false;
  if (!/^(?:runner|site)\//.test(target)) return rule.packages?.some((name) => within(target, name)) ?? false;
  if (ruleFolder(target) === folder || (folder === 'site' && within(target, folder))) return true;
  if (rule.values.some((name) => within(target, name))) return true;
  return typeOnly && (rule.types?.some((name) => within(target, name)) ?? false);
}

/** Import cycles, types counted, as `a -> b -> a`. */
function cycles(files: readonly SourceFile[]): string[] {
  const graph = new Map(files.map(({ path, imports }) => [path, imports.map(({ target }) => target)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) found.push([...trail.slice(seenAt), path].join(' -> '));
    if (seenAt >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

const file = (path: string, ...imports: { target: string; typeOnly: boolean }[]): SourceFile => ({
  path,
  lines: 1,
  imports,
  longFunctions: [],
});

describe('the import table', () => {
  test('holds for every source', () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.flatMap(violations)).toEqual([]);
  });

  test.each([
    [file('runner/text/a.ts', { target: 'node:fs', typeOnly: false })],
    [file('runner/chapter/a.ts', { target: 'runner/plan/plan.ts', typeOnly: true })],
    [file('runner/plan/a.ts', { target: 'runner/chapter/parse.ts', typeOnly: false })],
    [file('runner/execution/a.ts', { target: 'runner/sandbox/sandbox.ts', typeOnly: true })],
    [file('runner/sandbox/kube/a.ts', { target: 'runner/sandbox/hub/hub.ts', typeOnly: true })],
    [file('runner/sandbox/hub/a.ts', { target: 'node:crypto', typeOnly: false })],
    [file('runner/sandbox/cub/a.ts', { target: '@kubernetes/client-node', typeOnly: false })],
    [file('runner/expectation/a.ts', { target: 'lodash', typeOnly: false })],
    [file('site/page/a.ts', { target: 'runner/execution/execute.ts', typeOnly: true })],
    [file('site/page/a.ts', { target: 'runner/report/summarise.ts', typeOnly: false })],
    [file('site/client/a.ts', { target: 'node:fs', typeOnly: false })],
    [file('runner/cli/a.ts', { target: 'site/main.ts', typeOnly: false })],
    [file('runner/elsewhere/a.ts')],
  ])('would report %o', (violation) => {
    expect(violations(violation)).toHaveLength(1);
  });
});

describe('the stage types', () => {
  test('have no value imports', () => {
    const stageTypes = sources.filter(({ path }) => /\/([a-z]+)\/\1\.ts$/.test(path));
    expect(stageTypes.length).toBeGreaterThan(8);
    const bad = stageTypes.flatMap(({ path, imports }) =>
      imports.filter(({ typeOnly }) => !typeOnly).map(({ target }) => `${path} imports ${target}`),
    );
    expect(bad).toEqual([]);
  });
});

describe('import cycles', () => {
  test('there are none, types counted', () => {
    expect(cycles(sources)).toEqual([]);
  });

  test('would be found', () => {
    const a = file('runner/a.ts', { target: 'runner/b.ts', typeOnly: true });
    const b = file('runner/b.ts', { target: 'runner/a.ts', typeOnly: false });
    expect(cycles([a, b])).toEqual(['runner/a.ts -> runner/b.ts -> runner/a.ts']);
  });
});

describe('the size budget', () => {
  const lines = sources.map((source) => source.lines);

  test('holds for files', () => {
    expect(sources.filter((source) => source.lines > LIMITS.max).map(({ path }) => path)).toEqual([]);
    expect(percentile(lines, 0.5)).toBeLessThanOrEqual(LIMITS.median);
    expect(percentile(lines, 0.9)).toBeLessThanOrEqual(LIMITS.p90);
  });

  test('holds for functions', () => {
    expect(sources.flatMap(({ longFunctions }) => longFunctions)).toEqual([]);
  });
});
