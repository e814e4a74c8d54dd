/**
 * Joins mtx-doc's modules into few files, because starting from hundreds costs more than the work itself. Runs on `npm ci`
 * (`prepare`). bin.js takes the result only while no source changed since, so nobody ever runs an old build.
 */
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { rolldown } from 'rolldown';

const ROOT = import.meta.dirname;
const OUT = `${ROOT}/runner/built`;
const ENTRIES = { main: 'runner/main.ts', cub: 'runner/sandbox/cub/main.ts' };

/** A module that looks for files beside itself still finds them from the joined file. */
const keepPlaces = {
  name: 'keep-places',
  transform(code, id) {
    if (!code.includes('import.meta.url') || id.includes('node_modules')) return null;
    const place = `new URL(${JSON.stringify(relative(OUT, id))}, import.meta.url).href`;
    return { code: code.replaceAll('import.meta.url', place), map: null };
  },
};

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
for (const [name, input] of Object.entries(ENTRIES)) {
  const bundle = await rolldown({
    input: { [name]: `${ROOT}/${input}` },
    platform: 'node',
    external: ['@kubernetes/client-node'],
    plugins: [keepPlaces],
    logLevel: 'warn',
  });
  const { output } = await bundle.write({
    dir: OUT,
    format: 'esm',
    chunkFileNames: `${name}-[name]-[hash].js`,
    minify: false,
  });
  const sources = output
    .flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
    .filter((id) => id.startsWith(`${ROOT}/runner/`))
    .toSorted();
  const stamps = sources.map((path) => [relative(OUT, path), statSync(path).mtimeMs]);
  writeFileSync(`${OUT}/${name}.json`, JSON.stringify(stamps));
}
