/** The process behind `mtx-doc site`: words in, pages and an exit code out. */
import { parseArgs } from 'node:util';
import { openSite, writeSite, type BuildOptions } from './build-site.ts';
import { SiteError } from './load/site-error.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  try {
    const [action, options] = readWords(words);
    if (action === 'dev') {
      const { serveSite } = await import('./dev/serve-site.ts');
      await serveSite(options);
      return 0;
    }
    return await build(options);
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    process.stderr.write(
      `mtx-doc: ${error.message}\n${error.hint === undefined ? '' : `  hint: ${error.hint}\n`}`,
    );
    return 1;
  }
}

async function build(options: BuildOptions): Promise<number> {
  const started = performance.now();
  const { files, verified, unverified, save } = await openSite(options);
  await writeSite(files, options.out, options.cwd);
  save();
  const pages = files.filter(({ path }) => path.endsWith('.html')).length;
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  const doubts = unverified.length === 0 ? '' : `, ${unverified.length} doubts, marked on the pages`;
  process.stdout.write(`${options.out}: ${pages} pages in ${seconds} s, ${verified}${doubts}\n`);
  return 0;
}

function readWords(words: readonly string[]): readonly [string | undefined, BuildOptions] {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      from: { type: 'string', default: 'tutorial' },
      report: { type: 'string', default: '.cache/chapters.json' },
      out: { type: 'string', default: 'dist/site' },
      base: { type: 'string' },
      'require-report': { type: 'boolean', default: false },
    },
  });
  const base = values.base === undefined ? {} : { base: readBase(values.base) };
  const { from, report, out } = values;
  return [
    positionals[0],
    { cwd: process.cwd(), from, report, out, ...base, requireReport: values['require-report'] },
  ];
}

function readBase(text: string): string {
  if (!URL.canParse(text))
    throw new SiteError(`--base ${text} is no URL`, 'write it like https://example.org/course/');
  return new URL(text.endsWith('/') ? text : `${text}/`).href;
}
