/**
 * Joins mtx-doc's modules into few files, because starting from hundreds costs more than the work itself. Runs on `npm ci`
 * (`prepare`). bin.js takes the result only while no source changed since, so nobody ever runs an old build.
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isFresh } from './runner/load.js';

const ROOT = import.meta.dirname;
const OUT = `${ROOT}/runner/built`;
/** Each file that is loaded costs a start about half a millisecond: what every run needs is one file, and so is all of `cub`. */
const ENTRIES = {
  main: {
    input: 'runner/main.ts',
    codeSplitting: {
      groups: [
        {
          name: 'run',
          test: /runner\/(cli\/(run|load-plan|lint-options)|lint\/lint-pages|report\/render-terminal)\.ts$/,
        },
      ],
    },
  },
  cub: { input: 'runner/sandbox/cub/main.ts', codeSplitting: false },
};

/** A module that looks for files beside itself still finds them from the joined file. */
const keepPlaces = {
  name: 'keep-places',
  transform(code, id) {
    if (!code.includes('import.meta.url') || id.includes('node_modules')) return null;
    const place = `new URL(${JSON.stringify(relative(OUT, id))}, import.meta.url).href`;
    return { code: code.replaceAll('import.meta.url', place), map: null };
  },
};

async function build(folder) {
  const { rolldown } = await import('rolldown');
  for (const [name, { input, codeSplitting }] of Object.entries(ENTRIES)) {
    const bundle = await rolldown({
      input: { [name]: `${ROOT}/${input}` },
      platform: 'node',
      external: ['@kubernetes/client-node'],
      plugins: [keepPlaces],
      logLevel: 'warn',
      checks: { ineffectiveDynamicImport: false },
    });
    const { output } = await bundle.write({
      dir: folder,
      format: 'esm',
      chunkFileNames: `${name}-[name]-[hash].js`,
      minify: false,
      codeSplitting,
    });
    const sources = output
      .flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
      .filter((id) => id.startsWith(`${ROOT}/runner/`))
      .toSorted();
    const stamps = [...sources, import.meta.filename].map((path) => [
      relative(OUT, path),
      statSync(path).mtimeMs,
    ]);
    writeFileSync(`${folder}/${name}.json`, JSON.stringify(stamps));
  }
}

/** A run that is under way loads from there: no file is ever away or half written, and the stamps come last. */
function replace(folder) {
  mkdirSync(OUT, { recursive: true });
  const files = readdirSync(folder).toSorted(
    (a, b) => Number(a.endsWith('.json')) - Number(b.endsWith('.json')),
  );
  for (const file of files) renameSync(join(folder, file), join(OUT, file));
  for (const file of readdirSync(OUT))
    if (!files.includes(file)) rmSync(join(OUT, file), { recursive: true });
}

// npm may prepare the package again while it runs, for the first `npx mtx-doc` of a clone.
if (!Object.keys(ENTRIES).every(isFresh)) {
  mkdirSync(`${ROOT}/.cache`, { recursive: true });
  const folder = mkdtempSync(`${ROOT}/.cache/built-`);
  try {
    await build(folder);
    replace(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
