/** Runs one chain under watch: from its start, or from the last state before its first changed block. */
import { join } from 'node:path';
import type { RunBlock } from '../chapter/chapter.ts';
import { execute } from '../execution/execute.ts';
import type { BlockResult, ExecutionEvent } from '../execution/execution.ts';
import { systemClock } from '../execution/system-clock.ts';
import type { Captures } from '../expectation/expectation.ts';
import { matchExpectation } from '../expectation/match.ts';
import type { Chain, PlannedChapter } from '../plan/plan.ts';
import type { Report } from '../report/report.ts';
import { addEvent, startReport } from '../report/summarise.ts';
import { digestChapter } from './digest-chapter.ts';
import type { SandboxSnapshot } from '../sandbox/sandbox.ts';
import type { World, WorldFolders } from '../world/world.ts';
import type { Progress } from './progress.ts';
import { type Checkpoint, fillFolders, readSnapshot, takeCheckpoint } from './watch-checkpoints.ts';
import { addSaving, findFirstChange, ownName } from './watch-plan.ts';

/** What is known of a chain after it ran. */
export interface WatchedChain {
  readonly chain: Chain;
  /** The latest results of its last chapter, by block. */
  readonly results: ReadonlyMap<string, BlockResult>;
  readonly checkpoints: readonly Checkpoint[];
  /** False where the last run was cut short. */
  readonly whole: boolean;
}

/** What every run of a watch is given. */
export interface WatchTools {
  readonly tool: string;
  readonly repository: string;
  readonly tempRoot: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the chain's states are kept. */
  readonly folder: string;
  readonly progress: Progress;
  readonly openWorld: (folders: WorldFolders, snapshot: SandboxSnapshot | undefined) => Promise<World>;
  readonly signal: AbortSignal;
  readonly hurry: AbortSignal;
}

export interface ChainRun {
  readonly watched: WatchedChain;
  readonly report: Report;
  /** The block from which on it ran; absent: from the start. */
  readonly from?: string;
}

const NO_WORLD: World = {
  info: { hub: 'none', cluster: 'none', versions: {}, simulated: false },
  capabilities: new Set(),
  env: {},
  path: [],
  secrets: () => [],
  close: async () => undefined,
};

/** Runs what an edit has changed; undefined if that is nothing. Without `before` all is run. */
export async function runWatched(
  chain: Chain,
  before: WatchedChain | undefined,
  tools: WatchTools,
): Promise<ChainRun | undefined> {
  const change = before === undefined ? 'all' : findFirstChange(before.chain, chain);
  if (change === undefined && before?.whole === true) return undefined;
  const start = change === 'all' ? undefined : findStart(before, change);
  const last = chain.chapters.at(-1);
  const results = new Map(start === undefined ? [] : keepResults(last, start.index, before?.results));
  const earlier = start === undefined ? [] : (before?.checkpoints ?? []);
  const checkpoints = earlier.filter(({ index }) => index <= (start?.index ?? 0));
  const resume = start && { index: start.index, captures: bindCaptures(last, results) };
  const executed = addSaving(chain, resume);
  const followed = await follow(executed, chain.needsWorld, start, { results, checkpoints }, tools);
  if (followed.isLost) return await runPlainly(chain, tools);
  const from = start && last?.steps[start.index]?.block.id;
  const { report } = followed;
  const watched = { chain, results, checkpoints, whole: isWhole(report) };
  return { watched, report, ...(from === undefined ? {} : { from }) };
}

/** From the start and without keeping states: for a chapter whose shell cannot be saved or restored. */
async function runPlainly(chain: Chain, tools: WatchTools): Promise<ChainRun> {
  const gathered: Gathered = { results: new Map(), checkpoints: [] };
  const { report } = await follow(chain, chain.needsWorld, undefined, gathered, tools);
  return { watched: { chain, ...gathered, whole: isWhole(report) }, report };
}

/** The last state that was reached before the change. */
function findStart(before: WatchedChain | undefined, change: number | undefined): Checkpoint | undefined {
  return before?.checkpoints.findLast(({ index }) => index <= (change ?? Infinity));
}

function isWhole({ outcome }: Report): boolean {
  return outcome === 'passed' || outcome === 'failed';
}

interface Gathered {
  readonly results: Map<string, BlockResult>;
  readonly checkpoints: Checkpoint[];
}

interface Followed {
  readonly report: Report;
  /** A step of ours failed, so what ran after it says nothing. */
  readonly isLost: boolean;
}

async function follow(
  chain: Chain,
  needsWorld: boolean,
  start: Checkpoint | undefined,
  { results, checkpoints }: Gathered,
  tools: WatchTools,
): Promise<Followed> {
  const plan = { chains: [chain] };
  const last = chain.chapters.at(-1)?.chapter.id;
  let report = startReport({ tool: tools.tool, plan, digest: digestChapter });
  let isLost = false;
  let [world, folders]: [World?, WorldFolders?] = [];
  const keep = (name: string): void => {
    if (!/^\d+$/.test(name) || world === undefined || folders === undefined) return;
    const taken = takeCheckpoint(Number(name), join(tools.folder, name), world, folders);
    if (taken !== undefined) checkpoints.push(taken);
  };
  const emit = (event: ExecutionEvent): void => {
    const own = findOwn(event);
    if (own === undefined) {
      report = addEvent(report, event);
      if (event.kind === 'block-finished' && event.chapter === last) {
        results.set(event.result.block, event.result);
      }
      tools.progress.show(event, report);
    } else if (event.kind === 'block-finished') {
      if (event.result.status === 'passed') keep(own);
      else isLost ||= event.result.status === 'failed' && event.result.failure?.kind !== 'interrupted';
    }
  };
  const openWorld = async (given: WorldFolders): Promise<World> => {
    folders = given;
    if (start !== undefined) fillFolders(start, given);
    world = needsWorld ? await tools.openWorld(given, start && readSnapshot(start)) : NO_WORLD;
    return world;
  };
  const { repository, tempRoot, environment, signal, hurry } = tools;
  const options = { clock: systemClock, repository, tempRoot, environment, jobs: 1, signal, hurry };
  await execute(plan, { ...options, emit, openWorld });
  return { report, isLost };
}

/** What the step of ours is for that an event tells of. */
function findOwn(event: ExecutionEvent): string | undefined {
  if (event.kind === 'block-finished') return ownName(event.result.block);
  return event.kind === 'block-started' ? ownName(event.block) : undefined;
}

function keepResults(
  last: PlannedChapter | undefined,
  index: number,
  results: WatchedChain['results'] | undefined,
): readonly (readonly [string, BlockResult])[] {
  return (last?.steps.slice(0, index) ?? []).flatMap(({ block }) => {
    const result = results?.get(block.id);
    return result === undefined ? [] : [[block.id, result] as const];
  });
}

/** What the blocks of these results have captured, as the execution binds it: only where all of a block held. */
function bindCaptures(last: PlannedChapter | undefined, results: ReadonlyMap<string, BlockResult>): Captures {
  let bound: Captures = {};
  for (const { block } of last?.steps ?? []) {
    const result = results.get(block.id);
    if (block.kind === 'run' && result?.status === 'passed') bound = bindRun(block, result, bound);
  }
  return bound;
}

function bindRun(run: RunBlock, { output, expectations }: BlockResult, captures: Captures): Captures {
  let bound = captures;
  const compared = new Set(expectations.map(({ block }) => block));
  for (const { id, expectation, stream } of run.expectations) {
    if (!compared.has(id)) continue;
    const verdict = matchExpectation(expectation, output?.[stream] ?? '', bound);
    if (verdict.kind === 'held') bound = verdict.captures;
  }
  return bound;
}
