/** The browser's files: two plain scripts (modules are refused to pages opened from disk) and the style sheet, through vite. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a page and its search load. */
export interface Assets {
  readonly siteScript: string;
  readonly searchScript: string;
  readonly style: string;
  readonly icon: string;
}

const HERE = fileURLToPath(new URL('../', import.meta.url));
const CLIENT = join(HERE, 'client');

/** Bundles the client, or takes what was bundled from the same sources before. */
export async function buildAssets(cacheFile: string): Promise<Assets> {
  const icon = readFileSync(join(HERE, 'assets/icon.svg'), 'utf8').trim();
  const key = hashSources();
  const cached = readCache(cacheFile);
  if (cached?.key === key) return { ...cached.assets, icon };
  const site = await bundle('site');
  const search = await bundle('search');
  const assets = { siteScript: site.script, searchScript: search.script, style: site.style };
  mkdirSync(dirname(cacheFile), { recursive: true });
  writeFileSync(`${cacheFile}.tmp`, JSON.stringify({ key, assets }));
  renameSync(`${cacheFile}.tmp`, cacheFile);
  return { ...assets, icon };
}

async function bundle(name: string): Promise<{ readonly script: string; readonly style: string }> {
  const { build } = await import('vite');
  const result = await build({
    configFile: false,
    root: CLIENT,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      cssTarget: 'chrome123',
      lib: {
        entry: join(CLIENT, `${name}.ts`),
        formats: ['iife'],
        name: 'mtx',
        fileName: () => `${name}.js`,
      },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((each) =>
    'output' in each ? each.output : [],
  );
  const script = outputs.map((file) => (file.type === 'chunk' ? file.code : '')).join('');
  const style = outputs.map((file) => (file.type === 'asset' ? String(file.source) : '')).join('');
  return { script, style: style.trim() };
}

function hashSources(): string {
  const hash = createHash('sha256');
  const lock = fileURLToPath(new URL('../../package-lock.json', import.meta.url));
  for (const file of [...readdirSync(CLIENT).map((name) => join(CLIENT, name)), lock])
    hash.update(readFileSync(file));
  return hash.digest('hex');
}

function readCache(
  file: string,
): { readonly key: string; readonly assets: Omit<Assets, 'icon'> } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { key: string; assets: Omit<Assets, 'icon'> };
  } catch {
    return undefined;
  }
}
