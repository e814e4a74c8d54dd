/** Executes a plan: chains side by side, each in its own folders and world, everything reported as events. */
import { join } from 'node:path';
import type { Chain, Plan } from '../plan/plan.ts';
import type { World } from '../world/world.ts';
import type { ChainContext, RunContext } from './chain-context.ts';
import { removeAbandoned } from './abandoned-folders.ts';
import { createCleaner } from './clean-text.ts';
import type { ExecutionOptions } from './execution-options.ts';
import { findStrayFiles, makeFolders, removeFolders, type ChainFolders } from './folders.ts';
import { runChapters } from './run-chain.ts';
import { openWatchdog } from './watchdog.ts';

/** Resolves when the last chain is cleaned up and nothing of the run is left. What failed is in the events; a throw means that folders stay. */
export async function execute(plan: Plan, options: ExecutionOptions): Promise<void> {
  const { emit, clock } = options;
  const run = openRun(options);
  const chapters = plan.chains.flatMap((chain) => chain.chapters);
  const now = (): string => new Date(clock.now()).toISOString();
  emit({
    kind: 'run-started',
    at: now(),
    chapters: chapters.length,
    blocks: chapters.reduce((sum, { steps }) => sum + steps.length, 0),
  });
  const waiting = [...plan.chains];
  // Removed while the next chains run: it can take as long as a short chain.
  const removals: Promise<unknown>[] = [removeAbandoned(options.tempRoot).catch((error: unknown) => error)];
  const work = async (): Promise<void> => {
    for (let chain = waiting.shift(); chain !== undefined; chain = waiting.shift()) {
      const folders = await runChain(run, chain);
      if (folders === undefined || options.keep === true) continue;
      removals.push(removeFolders(folders).catch((error: unknown) => error));
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, Math.min(options.jobs, waiting.length)) }, work));
  } finally {
    run.watchdog.close();
  }
  const faults = (await Promise.all(removals)).filter((fault) => fault !== undefined);
  emit({ kind: 'run-finished', at: now(), interrupted: options.signal?.aborted === true });
  if (faults.length > 0) throw new AggregateError(faults, 'the folders of the run could not be removed');
}

function openRun(options: ExecutionOptions): RunContext {
  let failed = false;
  return {
    options,
    watchdog: openWatchdog(),
    findStop() {
      if (options.signal?.aborted === true) return 'interrupted';
      return failed && options.bail === true ? 'stopped by --bail' : undefined;
    },
    noteFailure() {
      failed = true;
    },
  };
}

/** Gives the chain's folders, for which nobody has a use any more. */
async function runChain(run: RunContext, chain: Chain): Promise<ChainFolders | undefined> {
  const { options } = run;
  const leaks: string[] = [];
  let broken: string | undefined;
  let folders: ChainFolders | undefined;
  try {
    folders = makeFolders(options.tempRoot, options.repository, options.keep);
    leaks.push(...(await runInWorld(run, chain, folders)), ...findStrayFiles(folders));
  } catch (error) {
    const clean = folders === undefined ? (text: string): string => text : createCleaner(folders, []);
    broken = clean(error instanceof Error ? error.message : String(error));
  }
  options.emit({
    kind: 'chain-finished',
    chain: chain.id,
    leaks,
    ...(broken === undefined ? {} : { broken }),
    ...(options.keep === true && folders !== undefined ? { kept: folders.root } : {}),
  });
  return folders;
}

/** Gives the processes that outlived the chapters. The world is closed on every way out. */
async function runInWorld(run: RunContext, chain: Chain, folders: ChainFolders): Promise<readonly string[]> {
  const world = await openWorld(run, chain, folders);
  try {
    let files = 0;
    const context: ChainContext = {
      ...run,
      chain,
      folders,
      world,
      nextFile: () => join(folders.blocks, `${(files += 1)}`),
    };
    return await runChapters(context);
  } finally {
    await world?.close();
  }
}

/** Where the world cannot be opened, no chapter is run, and each says so. */
async function openWorld(run: RunContext, chain: Chain, folders: ChainFolders): Promise<World | undefined> {
  const { options } = run;
  if (!chain.needsWorld || run.findStop() !== undefined) return undefined;
  try {
    const { work, home, world } = folders;
    return await options.openWorld?.({ work, home, world }, chain);
  } catch (error) {
    const reason = 'its world could not be opened';
    for (const { chapter } of chain.chapters) {
      const end = { status: 'not-run', reason, durationMs: 0 } as const;
      options.emit({ kind: 'chapter-finished', chain: chain.id, chapter: chapter.id, ...end });
    }
    throw error;
  }
}
