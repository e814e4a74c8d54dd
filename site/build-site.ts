/** Builds the site: reads, renders, writes. Nothing in a chapter is executed. */
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { buildAssets } from './load/build-assets.ts';
import { loadCourse } from './load/load-course.ts';
import { loadReport } from './load/load-report.ts';
import { SiteError } from './load/site-error.ts';
import type { SiteContext } from './page/site-context.ts';
import { describeVerified, listUnverified } from './recording/list-unverified.ts';
import { recordCourse } from './recording/record-course.ts';
import { planSite } from './plan-site.ts';
import { openHighlighter } from './render/highlight.ts';
import { listSnippets } from './render/list-snippets.ts';
import { styleTokens } from './render/style-tokens.ts';
import type { PlannedFile } from './site.ts';

export interface BuildOptions {
  readonly cwd: string;
  /** The folder of the chapters. */
  readonly from: string;
  readonly report: string;
  readonly out: string;
  readonly base?: string;
  readonly requireReport: boolean;
}

/** A site that can be rendered; `verified` counts its commands, `unverified` says what is not as the pages want it. */
export interface OpenedSite {
  readonly files: readonly PlannedFile[];
  readonly verified: string;
  readonly unverified: readonly string[];
  /** Keeps what was coloured for the next time. */
  readonly save: () => void;
}

const NAME = 'MicroTraderX';

/** Reads everything and renders nothing yet. Throws SiteError. */
export async function openSite(options: BuildOptions): Promise<OpenedSite> {
  const { cwd, base } = options;
  const cache = resolve(cwd, '.cache/site');
  const assetsReady = buildAssets(join(cache, 'assets.json'));
  const [course, report] = await Promise.all([
    loadCourse(options.from, cwd),
    loadReport(options.report, cwd),
  ]);
  const recorded = recordCourse(course, report);
  const unverified = listUnverified(recorded);
  if (options.requireReport && unverified.length > 0) {
    await assetsReady;
    const hint = 'record it again with `npm run site:record`';
    throw new SiteError(`not everything is verified by ${options.report}:\n${unverified.join('\n')}`, hint);
  }
  const highlighter = await openHighlighter(join(cache, 'highlight.json'), listSnippets(recorded));
  const assets = await assetsReady;
  const style = assets.style + styleTokens(highlighter.palette());
  const site: SiteContext = {
    name: NAME,
    recorded,
    highlighter,
    style,
    ...(base === undefined ? {} : { base }),
  };
  const verified = describeVerified(recorded);
  return { files: planSite(site, assets), verified, unverified, save: () => highlighter.save() };
}

/** Puts the files in the place of an earlier site, whole or not at all; no more than one page is in memory. Throws SiteError for a folder of something else. */
export async function writeSite(files: readonly PlannedFile[], out: string, cwd: string): Promise<void> {
  const target = resolve(cwd, out);
  await refuseForeign(target, out);
  await mkdir(dirname(target), { recursive: true });
  const fresh = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    for (const folder of new Set(files.map(({ path }) => dirname(path)))) {
      await mkdir(join(fresh, folder), { recursive: true });
    }
    for (const { path, render } of files) await writeFile(join(fresh, path), render());
    await chmod(fresh, 0o755);
    await rm(target, { recursive: true, force: true });
    await rename(fresh, target);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

async function refuseForeign(target: string, out: string): Promise<void> {
  const names: readonly string[] = await readdir(target).catch(() => []);
  if (names.length > 0 && !names.includes('verification.html')) {
    throw new SiteError(`${out} holds something else than a site`, 'name another folder with --out');
  }
}
