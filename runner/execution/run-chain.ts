/**
 * Executes the chapters of one chain in one work folder and one world, then cleans up from the last to the first: what
 * a chapter needs stays in place until it is done.
 */
import { describeLack } from '../text/describe-lack.ts';
import type { PlannedChapter } from '../plan/plan.ts';
import type { WorldInfo } from '../world/world.ts';
import type { ChainContext, ChapterContext } from './chain-context.ts';
import { cleanUp } from './clean-up.ts';
import type { ExecutionEvent } from './execution.ts';
import { openLedger, type Ledger } from './ledger.ts';
import { openChapter } from './open-chapter.ts';
import { endBackgrounds } from './run-background.ts';
import { runChapter, type ChapterFault } from './run-chapter.ts';

/** A chapter that was started and whose clean-ups are still due. */
interface OpenChapter {
  readonly context: ChapterContext;
  readonly fault: ChapterFault | undefined;
  readonly durationMs: number;
}

type Finish = Omit<Extract<ExecutionEvent, { kind: 'chapter-finished' }>, 'kind' | 'chain' | 'chapter'>;

const noWorld: WorldInfo = { hub: 'none', cluster: 'none', versions: {}, simulated: false };

/** Runs all chapters and gives the processes and files that outlived them, one line each. Throws if the world breaks. */
export async function runChapters(chain: ChainContext): Promise<readonly string[]> {
  const { options } = chain;
  const open: OpenChapter[] = [];
  const ledger = await openLedger(chain);
  options.emit({ kind: 'chain-started', chain: chain.chain.id, world: chain.world?.info ?? noWorld });
  try {
    let blocked: string | undefined;
    for (const planned of chain.chain.chapters) {
      const reason =
        chain.findStop() ?? blocked ?? findMissing(chain, planned) ?? (await chain.world?.verify?.());
      if (reason !== undefined) {
        report(chain, planned, { status: 'not-run', reason, durationMs: 0 });
        blocked ??= `needs ${planned.chapter.id}, which was not run: ${reason}`;
        continue;
      }
      const fault = await startChapter(chain, planned, open);
      await ledger.note(planned.chapter);
      if (fault !== undefined) blocked = describeFault(planned, fault);
    }
  } finally {
    await finishChapters(chain, open.toReversed(), ledger);
  }
  return open.flatMap(({ context }) => [...context.leaks, ...describeLeftPaths(context)]);
}

/** Cleans up; only then it is known what each chapter left, so they all end here. */
async function finishChapters(
  chain: ChainContext,
  chapters: readonly OpenChapter[],
  ledger: Ledger,
): Promise<void> {
  const { clock } = chain.options;
  const ends: { readonly planned: PlannedChapter; readonly finish: Finish }[] = [];
  for (const { context, fault, durationMs } of chapters) {
    const started = clock.now();
    const hasCleanups = context.cleanups.length > 0;
    const isClean = await cleanUp(context);
    if (hasCleanups && isClean) await ledger.check(context.planned.chapter);
    const reason = fault?.reason === undefined ? {} : { reason: fault.reason };
    const status = fault === undefined && isClean ? 'passed' : 'failed';
    const finish = { status, ...reason, durationMs: durationMs + clock.now() - started } as const;
    ends.push({ planned: context.planned, finish });
  }
  const left = await ledger.findLeftovers();
  for (const { planned, finish } of ends) {
    const leftovers = left.get(planned.chapter.id);
    report(chain, planned, leftovers === undefined ? finish : { ...finish, status: 'failed', leftovers });
  }
}

function describeLeftPaths({ findLeftPaths, clean }: ChapterContext): readonly string[] {
  return findLeftPaths().map((path) => `file outside the work folder: ${clean(path)}`);
}

async function startChapter(
  chain: ChainContext,
  planned: PlannedChapter,
  open: OpenChapter[],
): Promise<ChapterFault | undefined> {
  const { clock, emit } = chain.options;
  const startedMs = clock.now();
  const context = openChapter(chain, planned);
  const at = new Date(startedMs).toISOString();
  emit({ kind: 'chapter-started', chain: chain.chain.id, chapter: planned.chapter.id, at });
  let fault: ChapterFault | undefined = { reason: 'mtx-doc or its world broke' };
  try {
    fault = await runChapter(context);
    // What a chapter left running in the background is gone for the reader who comes back the next day.
    if (planned !== chain.chain.chapters.at(-1)) await endBackgrounds(context);
  } finally {
    open.push({ context, fault, durationMs: clock.now() - startedMs });
  }
  return fault;
}

function findMissing({ world }: ChainContext, { chapter }: PlannedChapter): string | undefined {
  const wanted = chapter.meta.world;
  if (wanted === 'containers' && world?.capabilities.has('containers') !== true) {
    return describeLack(wanted);
  }
  return wanted === 'hub' && (world === undefined || world.info.hub === 'none') ? 'needs a hub' : undefined;
}

function describeFault({ chapter }: PlannedChapter, { line, reason }: ChapterFault): string {
  return line === undefined
    ? `needs ${chapter.id}, which was not finished: ${reason ?? ''}`
    : `needs ${chapter.id}, which failed at line ${line}`;
}

function report(chain: ChainContext, { chapter }: PlannedChapter, finish: Finish): void {
  chain.options.emit({ kind: 'chapter-finished', chain: chain.chain.id, chapter: chapter.id, ...finish });
}
