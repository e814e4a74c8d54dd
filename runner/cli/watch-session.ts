/** What a watch remembers between runs, and what it does when something is wished for. */
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { systemClock } from '../execution/system-clock.ts';
import type { Chain, Plan } from '../plan/plan.ts';
import type { Report } from '../report/report.ts';
import { renderCount } from '../report/render-duration.ts';
import { renderTerminal } from '../report/render-terminal.ts';
import { readSource } from './chapter-file.ts';
import { chooseStyle } from './colour.ts';
import type { CommandInput } from './command.ts';
import type { Host } from './host.ts';
import { isCi } from './is-ci.ts';
import { loadPlan } from './load-plan.ts';
import { openWorldFor } from './open-world-for.ts';
import { openProgress, type Progress } from './progress.ts';
import { printedBy } from './printed.ts';
import { promoteChapter } from './promote-chapter.ts';
import { findRepository } from './repository.ts';
import { openReportFiles, type ReportFiles } from './report-files.ts';
import { UsageError } from './usage-error.ts';
import type { Display } from './run-output.ts';
import { runWatched, type WatchedChain, type WatchTools } from './watch-chain.ts';
import { reportStanding } from './watch-report.ts';
import { type Outcome, writeChanges } from './write-changes.ts';

/** Empties a terminal, so that a diff stays in its place from run to run. */
const CLEAR = '\u001B[2J\u001B[3J\u001B[H';

/** `changed`: what an edit changed. */
export type Wish = 'all' | 'changed' | 'promote' | 'nothing';

export interface WatchSession {
  /** Never throws for what an author wrote: that is printed. */
  fulfil(wish: Wish, signal: AbortSignal, hurry: AbortSignal): Promise<void>;
  /** The folders of all chapters. */
  folders(): readonly string[];
  describe(): string;
}

/** What the parts of a session share. */
interface Session {
  readonly input: CommandInput;
  readonly host: Host;
  readonly display: Display;
  readonly folder: string;
  readonly known: Map<string, WatchedChain>;
  /** The last run of each chain that came to its end. */
  readonly reports: Map<string, Report>;
  /** The chapters' sources as they were run. */
  readonly sources: Map<string, string>;
  plan: Plan;
}

interface Stops {
  readonly signal: AbortSignal;
  readonly hurry: AbortSignal;
}

/** A session that keeps its states in `folder`. */
export function openSession(input: CommandInput, host: Host, folder: string): WatchSession {
  const style = chooseStyle(input.text('color'), host.env, host.stdout);
  const display = { format: 'pretty', detail: 'normal', progress: host.stdout, style } as const;
  const session: Session = {
    input,
    host,
    display,
    folder,
    known: new Map(),
    reports: new Map(),
    sources: new Map(),
    plan: { chains: [] },
  };
  const files = (): readonly string[] => [...new Set(allChapters(session.plan).map(({ file }) => file))];
  return {
    async fulfil(wish, signal, hurry) {
      if (wish === 'promote') promote(session);
      if (wish === 'all') session.known.clear();
      if (wish === 'all' || wish === 'changed') await runChanged(session, { signal, hurry });
    },
    folders: () => [...new Set(files().map((file) => dirname(resolve(host.cwd, file))))],
    describe: () => renderCount(files().length, 'chapter'),
  };
}

/** Runs what has changed in the files as they are now. */
async function runChanged(session: Session, stops: Stops): Promise<void> {
  const { host, known } = session;
  const plan = await loadNow(session);
  if (plan === undefined) return;
  session.plan = plan;
  if (host.stdout.isTTY) host.stdout.write(CLEAR);
  let ran = false;
  for (const [index, chain] of plan.chains.entries()) {
    if (stops.signal.aborted) return;
    ran = (await runChain(session, chain, index, stops)) || ran;
  }
  if (stops.signal.aborted) return;
  if (!ran) host.stdout.write('no block has changed\n');
  host.stdout.write(describeStanding(plan, known));
  await writeReport(session);
}

/** The file that was asked for, if any. Throws UsageError where it could not be written. */
export function openReport(input: CommandInput, host: Host): ReportFiles {
  return openReportFiles({ report: input.text('report'), junit: undefined }, host.cwd);
}

async function writeReport({ input, host, plan, known, reports }: Session): Promise<void> {
  const standings = plan.chains.flatMap((chain) => {
    const [report, results] = [reports.get(chain.id), known.get(chain.id)?.results];
    return report === undefined || results === undefined ? [] : [{ chain, report, results }];
  });
  const report = reportStanding(standings);
  if (report !== undefined) await openReport(input, host).commit(report);
}

/** Problems are printed. */
async function loadNow({ input, host, sources }: Session): Promise<Plan | undefined> {
  try {
    const plan = await loadPlan(input, host);
    for (const { file } of plan === undefined ? [] : allChapters(plan)) {
      sources.set(file, readSource(host.cwd, file));
    }
    return plan;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    host.stderr.write(`mtx-doc: ${error.message}\n`);
    return undefined;
  }
}

/** False where nothing of the chain has changed. */
async function runChain(session: Session, chain: Chain, index: number, stops: Stops): Promise<boolean> {
  const { host, display, known } = session;
  const progress = openProgress(display, host, systemClock);
  try {
    const tools = toolsFor(session, join(session.folder, String(index)), progress, stops);
    const run = await runWatched(chain, known.get(chain.id), tools);
    if (run === undefined) return false;
    known.set(chain.id, run.watched);
    progress.close();
    if (run.report.outcome === 'interrupted') return true;
    session.reports.set(chain.id, run.report);
    if (run.from !== undefined) host.stdout.write(`${chain.id} from #${run.from} on\n`);
    host.stdout.write(renderTerminal(run.report, display.style, { totals: false }));
    return true;
  } finally {
    progress.close();
  }
}

function toolsFor({ input, host }: Session, folder: string, progress: Progress, stops: Stops): WatchTools {
  const note = (line: string): void => progress.note(line);
  return {
    tool: host.version,
    repository: findRepository(host.cwd, input.arguments[0]).root,
    tempRoot: host.env['TMPDIR'] || tmpdir(),
    environment: host.env,
    folder,
    progress,
    openWorld: (folders, snapshot) =>
      openWorldFor(input, host, note, snapshot === undefined ? {} : { snapshot })(folders),
    ...stops,
  };
}

/** Writes what was printed last; the edit that this is starts the next run. */
function promote({ host, display, known, sources }: Session): void {
  if (isCi(host)) {
    host.stderr.write('chapters are not promoted in CI\n');
    return;
  }
  const outcome: Outcome = { changed: 0, left: 0 };
  for (const { chain, results } of known.values()) {
    const chapter = chain.chapters.at(-1)?.chapter;
    if (chapter === undefined) continue;
    const source = sources.get(chapter.file) ?? '';
    const promotion = promoteChapter(chapter, printedBy(results));
    writeChanges({ chapter, source, ...promotion }, { dry: false, show: true }, outcome, host, display.style);
  }
  host.stdout.write(`${outcome.changed} promoted, ${outcome.left} left as they are\n`);
}

function allChapters({ chains }: Plan) {
  return chains.flatMap(({ chapters }) => chapters.map(({ chapter }) => chapter));
}

/** How all blocks stand, also those that were not run again. */
function describeStanding({ chains }: Plan, known: ReadonlyMap<string, WatchedChain>): string {
  const results = chains.flatMap(({ id }) => [...(known.get(id)?.results.values() ?? [])]);
  const failed = results.filter(({ status }) => status === 'failed');
  const passed = results.filter(({ status }) => status === 'passed').length;
  const places = failed.slice(0, 5).map(({ block, line }) => `#${block} (line ${line})`);
  const more = failed.length > 5 ? ` and ${failed.length - 5} more` : '';
  return failed.length === 0
    ? `all ${renderCount(passed, 'block')} hold\n`
    : `${passed} hold, ${failed.length} fail: ${places.join(', ')}${more}\n`;
}
