/**
 * `npm run site:bars`: the numbers that the site is held to, measured on lessons made up for it and on the real course.
 * What is no number (axe, links, copy) is a test of the project `site`.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadCourse } from '../../site/load/load-course.ts';
import { loadReport } from '../../site/load/load-report.ts';
import { recordCourse } from '../../site/recording/record-course.ts';
import { writeCorpus } from '../support/site-corpus.ts';
import { countPackages } from './site/count-packages.ts';
import { measureDev } from './site/measure-dev.ts';
import { measurePaint } from './site/measure-paint.ts';
import { measureSearch } from './site/measure-search.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const REPORT = join(ROOT, '.cache/chapters.json');
const rows: { readonly measure: string; readonly bar: string; readonly here: string }[] = [];
const show = (measure: string, bar: string, here: string): void => void rows.push({ measure, bar, here });

interface Build {
  readonly seconds: number;
  /** Of the processor: what a machine with nothing else to do would take at most, about. */
  readonly cpu: number;
  readonly megabytes: number;
}

/** Builds in a process of its own. */
function build(folder: string): Build {
  const started = performance.now();
  const tell =
    "data:text/javascript,process.on('exit',()=>{const u=process.resourceUsage();console.error('rss',u.maxRSS,'cpu',u.userCPUTime+u.systemCPUTime)})";
  const words = [
    '--import',
    tell,
    join(ROOT, 'site/main.ts'),
    'build',
    '--report',
    'report.json',
    '--out',
    'site',
  ];
  const { status, stderr } = spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const seconds = (performance.now() - started) / 1000;
  const [, rss, cpu] = /rss (\d+) cpu (\d+)/.exec(stderr) ?? [];
  return { seconds, cpu: Number(cpu) / 1e6, megabytes: Number(rss) / 1024 };
}

const timeOf = ({ seconds, cpu }: Build): string => `${seconds.toFixed(1)} s (CPU ${cpu.toFixed(1)} s)`;
const zipped = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} kB`;
const lessonsOf = (site: string): string[] => readdirSync(site).filter((name) => /^\d.*\.html$/.test(name));
const largest = (site: string): number =>
  Math.max(...lessonsOf(site).map((name) => zipped(join(site, name))));

function showBytes(name: string, site: string, bar: string): void {
  const rest = zipped(join(site, 'site.js')) + zipped(join(site, 'icon.svg'));
  show(`2 all bytes of the largest lesson, ${name}`, bar, kilobytes(largest(site) + rest));
}

const folder = mkdtempSync(join(tmpdir(), 'mtx-bars-'));
try {
  const corpus = join(folder, 'corpus');
  writeCorpus(corpus, 30);
  const [cold, warm] = [build(corpus), build(corpus)];
  const site = join(corpus, 'site');
  show('1 JavaScript on a lesson', '<= 4 kB', kilobytes(zipped(join(site, 'site.js'))));
  showBytes('corpus', site, '<= 14 kB');
  show('4 30 lessons, cold / warm', '<= 2.5 s / <= 1 s', `${timeOf(cold)} / ${timeOf(warm)}`);
  const big = join(folder, 'big');
  writeCorpus(big, 300);
  const [bigCold, bigWarm] = [build(big), build(big)];
  const memory = Math.max(bigCold.megabytes, bigWarm.megabytes).toFixed(0);
  show(
    '5 300 lessons, cold / warm, memory',
    '<= 10 s / <= 4 s, <= 400 MB',
    `${timeOf(bigCold)} / ${timeOf(bigWarm)}, ${memory} MB`,
  );
  const dev = await measureDev(corpus, ROOT);
  show(
    '6 dev: ready, save to visible',
    '<= 1.5 s, <= 100 ms',
    `${(dev.readyMs / 1000).toFixed(2)} s, ${dev.saveMs.toFixed(0)} ms`,
  );
  const paint = await measurePaint(site, lessonsOf(site)[0] ?? '', lessonsOf(site)[1] ?? '');
  show(
    '7 LCP, CLS (slow 4G, CPU / 4)',
    '<= 1000 ms, 0',
    `${paint.lcpMs.toFixed(0)} ms, ${paint.cls.toFixed(3)}`,
  );
  show('8 next lesson (slow 4G, CPU / 4)', '<= 250 ms', `${paint.nextMs.toFixed(0)} ms`);
  show(
    '9 first search, corpus',
    '<= 60 kB',
    kilobytes(zipped(join(site, 'search.js')) + zipped(join(site, 'search-index.js'))),
  );
  const hits = measureSearch(
    recordCourse(await loadCourse('tutorial', corpus), await loadReport('report.json', corpus)),
  );
  show(
    '10 hits in five, corpus: title with a typo, flag, command; a key',
    '>= 95 %, 85 %, 65 %; 50 ms',
    hits,
  );
  if (existsSync(REPORT)) {
    const real = join(folder, 'real');
    cpSync(join(ROOT, 'tutorial'), join(real, 'tutorial'), { recursive: true });
    cpSync(REPORT, join(real, 'report.json'));
    build(real);
    showBytes('course', join(real, 'site'), '<= 25 kB');
    const course = recordCourse(await loadCourse('tutorial', real), await loadReport('report.json', real));
    show('10 the same on the course', '>= 90 % each', measureSearch(course));
    const blocks = course.lessons.flatMap(({ blocks }) => [...blocks.values()]);
    const recorded = blocks.filter(({ status, run }) => status === 'skipped' || run !== undefined).length;
    show(
      '17 blocks with their recording, course',
      '100 %',
      `${((recorded / blocks.length) * 100).toFixed(0)} % of ${blocks.length}`,
    );
  }
  const { packages, megabytes } = countPackages(ROOT);
  show('20 packages for the site', '<= 120, <= 80 MB', `${packages}, ${megabytes.toFixed(0)} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.table(rows);
