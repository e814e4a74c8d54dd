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
import { describeVerified } from '../../site/recording/list-unverified.ts';
import { recordCourse } from '../../site/recording/record-course.ts';
import { BIN } from '../support/cli.ts';
import { writeCorpus } from '../support/site-corpus.ts';
import { countPackages } from './site/count-packages.ts';
import { measureContrast } from './site/measure-contrast.ts';
import { measureDev } from './site/measure-dev.ts';
import { measurePaint, type Visit } from './site/measure-paint.ts';
import { measureSearch, type SearchQuality } from './site/measure-search.ts';
import { runTests } from './site/run-tests.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const REPORT = join(ROOT, '.cache/chapters.json');
interface Row {
  /** In the table of bars. */
  readonly row: number;
  readonly measure: string;
  readonly bar: string;
  readonly here: string;
  readonly holds: 'yes' | 'NO';
}

const rows: Row[] = [];
const show = (row: number, measure: string, bar: string, here: string, holds: boolean): void =>
  void rows.push({ row, measure, bar, here, holds: holds ? 'yes' : 'NO' });

interface Build {
  readonly seconds: number;
  /** Of the processor: what a machine with nothing else to do would take at most, about. */
  readonly cpu: number;
  readonly megabytes: number;
}

const TELL =
  "process.on('exit',()=>{const u=process.resourceUsage();console.error('rss',u.maxRSS,'cpu',u.userCPUTime+u.systemCPUTime)})";

/** Builds as a reader of the manual does: the command, and the process that it starts, each tell what they took. */
function build(folder: string): Build {
  const started = performance.now();
  const words = [BIN, 'site', 'build', '--report', 'report.json', '--out', 'site'];
  const { status, stderr } = spawnSync(process.execPath, words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TELL)}` },
  });
  if (status !== 0) throw new Error(stderr);
  const seconds = (performance.now() - started) / 1000;
  const told = [...stderr.matchAll(/rss (\d+) cpu (\d+)/g)];
  const cpu = told.reduce((sum, [, , each]) => sum + Number(each), 0);
  const rss = Math.max(...told.map(([, each]) => Number(each)));
  return { seconds, cpu: cpu / 1e6, megabytes: rss / 1024 };
}

const timeOf = ({ seconds, cpu }: Build): string => `${seconds.toFixed(1)} s (CPU ${cpu.toFixed(1)} s)`;
const zipped = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} kB`;
const lessonsOf = (site: string): string[] => readdirSync(site).filter((name) => /^\d.*\.html$/.test(name));
const largest = (site: string): number =>
  Math.max(...lessonsOf(site).map((name) => zipped(join(site, name))));

function showBytes(name: string, site: string, limit: number): void {
  const bytes = largest(site) + zipped(join(site, 'site.js')) + zipped(join(site, 'icon.svg'));
  show(
    2,
    `all bytes of the largest lesson, ${name}`,
    `<= ${limit} kB`,
    kilobytes(bytes),
    bytes <= limit * 1024,
  );
}

/** Processor time, since other work on the machine makes a build wait. */
function showBuilds(): void {
  const corpus = join(folder, 'corpus');
  writeCorpus(corpus, 30);
  const [cold, warm] = [build(corpus), build(corpus)];
  const site = join(corpus, 'site');
  const script = zipped(join(site, 'site.js'));
  show(1, 'JavaScript on a lesson', '<= 4 kB', kilobytes(script), script <= 4096);
  showBytes('corpus', site, 14);
  const both = `${timeOf(cold)} / ${timeOf(warm)}`;
  show(4, '30 lessons, cold / warm', '<= 2.5 s / <= 1 s', both, cold.cpu <= 2.5 && warm.cpu <= 1);
  const big = join(folder, 'big');
  writeCorpus(big, 300);
  const [bigCold, bigWarm] = [build(big), build(big)];
  const memory = Math.max(bigCold.megabytes, bigWarm.megabytes);
  show(
    5,
    '300 lessons, cold / warm, memory',
    '<= 10 s / <= 4 s, <= 400 MB',
    `${timeOf(bigCold)} / ${timeOf(bigWarm)}, ${memory.toFixed(0)} MB`,
    bigCold.cpu <= 10 && bigWarm.cpu <= 4 && memory <= 400,
  );
}

async function showVisit(): Promise<void> {
  const corpus = join(folder, 'corpus');
  const site = join(corpus, 'site');
  const dev = await measureDev(corpus, ROOT);
  show(
    6,
    'dev: ready, save to visible',
    '<= 1.5 s, <= 100 ms',
    `${(dev.readyMs / 1000).toFixed(2)} s, ${dev.saveMs.toFixed(0)} ms`,
    dev.readyMs <= 1500 && dev.saveMs <= 100,
  );
  const [first = '', second = ''] = lessonsOf(site);
  const visits: Visit[] = [];
  while (visits.length < 3) visits.push(await measurePaint(site, first, second));
  const best = (of: (visit: Visit) => number): number => Math.min(...visits.map(of));
  const worst = (of: (visit: Visit) => number): number => Math.max(...visits.map(of));
  const [lcpMs, nextMs] = [best((visit) => visit.lcpMs), best((visit) => visit.nextMs)];
  const [tbtMs, cls] = [best((visit) => visit.tbtMs), worst((visit) => visit.cls)];
  const [foreign, fonts] = [worst((visit) => visit.foreign), worst((visit) => visit.fonts)];
  const [searchBefore, searchFirst] = [
    worst((visit) => visit.searchBefore),
    worst((visit) => visit.searchFirst),
  ];
  show(3, 'third-party requests, web fonts', '0, 0', `${foreign}, ${fonts}`, foreign + fonts === 0);
  show(
    7,
    'LCP, TBT, CLS (slow 4G, CPU / 4; best of 3)',
    '<= 1000 ms, 0, 0',
    `${lcpMs.toFixed(0)} ms, ${tbtMs.toFixed(0)} ms, ${cls.toFixed(3)}`,
    lcpMs <= 1000 && tbtMs < 1 && cls < 0.001,
  );
  show(8, 'next lesson (slow 4G, CPU / 4; best of 3)', '<= 250 ms', `${nextMs.toFixed(0)} ms`, nextMs <= 250);
  const bytes = zipped(join(site, 'search.js')) + zipped(join(site, 'search-index.js'));
  show(
    9,
    'first search, corpus: bytes, requests; before use',
    '<= 60 kB, 2; 0',
    `${kilobytes(bytes)}, ${searchFirst}; ${searchBefore}`,
    bytes <= 60 * 1024 && searchFirst === 2 && searchBefore === 0,
  );
}

/** `bars` in per cent, in the order of the kinds; the last holds for all that follow. */
function showSearch(name: string, { kinds, slowestMs }: SearchQuality, bars: readonly number[]): void {
  const here = kinds.map(({ name, share, of }) => `${name} ${(share * 100).toFixed(0)} % of ${of}`);
  const isGood = kinds.every(({ share }, index) => share * 100 >= (bars[index] ?? bars.at(-1) ?? 0));
  const bar = `>= ${bars.map((each) => `${each} %`).join(', ')}; <= 50 ms a key`;
  const speed = `${slowestMs.toFixed(0)} ms`;
  show(10, `hits in the first five, ${name}`, bar, `${here.join(', ')}; ${speed}`, isGood && slowestMs <= 50);
}

async function showCourse(): Promise<void> {
  const real = join(folder, 'real');
  cpSync(join(ROOT, 'tutorial'), join(real, 'tutorial'), { recursive: true });
  const contrast = await measureContrast(real);
  show(13, 'contrast of every code token, at least', '>= 4.5', contrast.toFixed(2), contrast >= 4.5);
  if (!existsSync(REPORT)) {
    show(17, 'recorded output and time, course', '100 %', 'no report: npm run site:record', false);
    return;
  }
  cpSync(REPORT, join(real, 'report.json'));
  build(real);
  showBytes('course', join(real, 'site'), 25);
  const course = recordCourse(await loadCourse('tutorial', real), await loadReport('report.json', real));
  showSearch('course', measureSearch(course), [90]);
  const blocks = course.lessons.flatMap(({ blocks }) => [...blocks.values()]);
  const recorded = blocks.filter(({ status }) => ['verified', 'partly', 'skipped'].includes(status)).length;
  const share = describeVerified(course);
  show(17, 'recorded output and time, or why not, course', '100 %', share, recorded === blocks.length);
}

/** The bars that are tests, by their names. */
const TESTED: readonly (readonly [row: number, measure: string, bar: string, names: RegExp])[] = [
  [4, 'same input, same bytes', 'holds', /same bytes/],
  [11, 'axe: light, dark, 375 px, search and menu open', '0 on every page', /^axe, every rule/],
  [12, 'WCAG 2.2 beyond axe', 'holds', /^WCAG 2\.2 beyond axe|fits a width|^by keyboard/],
  [14, 'JavaScript off, on a phone', 'all text, output, navigation, tabs', /without scripts|^tabs need no/],
  [
    15,
    'opened from `file:`, search included',
    'the whole site',
    /^by keyboard|nothing is asked|kept from page/,
  ],
  [16, 'links and anchors, HTML validity', '0 broken, 0 findings', /no link and no anchor|html-validate/],
  [
    17,
    'blocks without a recording fail --require-report',
    'holds',
    /^--require-report|every command has its/,
  ],
  [17, 'what is not verified says so', 'holds', /^a page (?:that is|is) /],
  [17, 'copied = executed; pasted, it gives what pages say', 'holds', /copies exactly|copied and pasted/],
  [
    13,
    'terminal colours: kept, 4.5:1 each',
    'holds',
    /^every colour of a terminal|^an output has the colours/,
  ],
  [17, 'lines that no check looked at are marked', 'holds', /^lines that no check/],
  [18, 'machine readers', 'holds', /^a twin|^machine readers/],
  [19, 'print', 'nothing cut off, folds open, targets shown', /^printed/],
];

function showTests(): void {
  const stand = runTests(ROOT, folder);
  for (const [row, measure, bar, names] of TESTED) {
    const { passed, all } = stand(names);
    show(row, measure, bar, `${passed} of ${all} tests hold`, all > 0 && passed === all);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'mtx-bars-'));
try {
  showBuilds();
  await showVisit();
  const corpus = join(folder, 'corpus');
  const made = recordCourse(await loadCourse('tutorial', corpus), await loadReport('report.json', corpus));
  showSearch('corpus', measureSearch(made), [95, 85, 65]);
  await showCourse();
  const { packages, megabytes } = countPackages(ROOT);
  const size = `${packages}, ${megabytes.toFixed(0)} MB`;
  show(20, 'packages for the site', '<= 120, <= 80 MB', size, packages <= 120 && megabytes <= 80);
  if (!process.argv.includes('--quick')) showTests();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.table(rows.toSorted((a, b) => a.row - b.row));
process.exitCode = rows.every(({ holds }) => holds === 'yes') ? 0 : 1;
