/** Brings a world to the end of a chapter, without its clean-ups, so that a reader can go on from there: `--at`. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BlockId, SetupBlock } from '../chapter/chapter.ts';
import { execute } from '../execution/execute.ts';
import type { ExecutionEvent } from '../execution/execution.ts';
import { systemClock } from '../execution/system-clock.ts';
import { readDefinitions } from '../lint/definitions.ts';
import type { Chain, Plan, PlannedChapter } from '../plan/plan.ts';
import { renderTerminal } from '../report/render-terminal.ts';
import type { SandboxSnapshot } from '../sandbox/sandbox.ts';
import { addEvent, startReport } from '../report/summarise.ts';
import type { World, WorldFolders } from '../world/world.ts';
import { chooseStyle } from './colour.ts';
import type { CommandInput } from './command.ts';
import type { Host } from './host.ts';
import { openInterrupts } from './interrupt.ts';
import { loadPlan } from './load-plan.ts';
import { openWorldFor } from './open-world-for.ts';
import { EMBEDDED } from './read-world-options.ts';
import { openProgress } from './progress.ts';
import { findRepository } from './repository.ts';
import { findStart, keepStart, nameStart, type Start } from './sandbox-cache.ts';
import { UsageError } from './usage-error.ts';

const VARIABLES = 'sandbox-variables';

/**
 * The chapter's end state, from the cache if it was reached before. It is run in the folder `temp`. Undefined if it cannot be
 * reached: the reason is printed.
 */
export async function reachEnd(
  at: string,
  temp: string,
  input: CommandInput,
  host: Host,
): Promise<Start | undefined> {
  const plan = await loadPlan(onlyChapter(at), host);
  if (plan === undefined) return undefined;
  const [chain, ...others] = plan.chains;
  if (chain === undefined || others.length > 0)
    throw new UsageError(`${at} names ${plan.chains.length} chapters`, '--at takes one');
  const { root } = findRepository(host.cwd, at);
  const name = nameStart(chain, root, host.env, [input.text('cub'), input.text('kubectl')]);
  const known = findStart(host, name);
  if (known !== undefined) return known;
  return await runToEnd(chain, { repository: root, temp, name }, input, host);
}

/** The options of `run` as `loadPlan` asks for them. */
function onlyChapter(at: string): CommandInput {
  return { arguments: [at], flag: () => false, text: () => undefined, number: () => undefined };
}

interface Reached {
  readonly folders: WorldFolders;
  readonly snapshot: SandboxSnapshot;
}

async function runToEnd(
  chain: Chain,
  { repository, temp, name }: { readonly repository: string; readonly temp: string; readonly name: string },
  input: CommandInput,
  host: Host,
): Promise<Start | undefined> {
  const plan: Plan = { chains: [openEnded(chain)] };
  const style = chooseStyle(undefined, host.env, host.stderr);
  const display = { format: 'pretty', detail: 'normal', progress: host.stderr, style } as const;
  const progress = openProgress(display, host, systemClock);
  const tempRoot = mkdtempSync(join(temp, 'at-'));
  const interrupts = openInterrupts(host, (line) => progress.note(line));
  let report = startReport({ tool: host.version, plan });
  let reached: Reached | undefined;
  const open = openWorldFor(input, host, (line) => progress.note(line), EMBEDDED);
  try {
    await execute(plan, {
      clock: systemClock,
      repository,
      tempRoot,
      environment: host.env,
      jobs: 1,
      keep: true,
      signal: interrupts.signal,
      hurry: interrupts.hurry,
      emit: (event: ExecutionEvent) => {
        report = addEvent(report, event);
        if (!isOwn(event)) progress.show(event, report);
      },
      openWorld: async (folders) =>
        lookAtEnd(await open(folders), (snapshot) => (reached = { folders, snapshot })),
    });
    if (report.outcome === 'passed' && reached !== undefined) return keep(host, name, reached);
    host.stderr.write(renderTerminal(report, style, { totals: false }));
    return undefined;
  } finally {
    interrupts.close();
    progress.close();
    rmSync(tempRoot, { recursive: true, force: true });
  }
}

/** The chain without clean-ups, and with a last step that writes down the variables of its last chapter. */
function openEnded(chain: Chain): Chain {
  const top = { line: 1, column: 1, offset: 0 };
  const block: SetupBlock = {
    kind: 'setup',
    id: VARIABLES as BlockId,
    span: { start: top, end: top },
    bodySpan: { start: top, end: top },
    language: 'bash',
    body: writeVariables(chain.chapters.at(-1)),
    bodyLines: [],
    headings: [],
    timeoutMs: 10_000,
  };
  return {
    ...chain,
    needsWorld: true,
    chapters: chain.chapters.map((chapter) => ({
      ...chapter,
      steps: [
        ...chapter.steps.filter(({ block: { kind } }) => kind !== 'cleanup'),
        ...(chapter === chain.chapters.at(-1) ? [{ block, timeoutMs: block.timeoutMs }] : []),
      ],
    })),
  };
}

/** What is exported, and what the chapter's own blocks set, as `NAME=value` with NUL at the end of each. */
function writeVariables(last: PlannedChapter | undefined): string {
  const bodies = last?.chapter.blocks.filter(({ kind }) => kind === 'run' || kind === 'setup') ?? [];
  const names = new Set(bodies.flatMap(({ body }) => readDefinitions(body).map(({ name }) => name)));
  const lines = [...names].map((name) => `[ -z "\${${name}+set}" ] || printf '${name}=%s\\0' "$${name}"`);
  return `{\nenv -0\n${lines.join('\n')}\n} >"$TMPDIR/${VARIABLES}"\n`;
}

/** True for news of the last step, which is no step of the chapter, and of the folders, which are kept for a moment only. */
function isOwn(event: ExecutionEvent): boolean {
  if (event.kind === 'chain-finished') return true;
  if (event.kind === 'block-finished') return event.result.block === VARIABLES;
  return event.kind === 'block-started' && event.block === VARIABLES;
}

/** The world, looked at before it closes. What a chapter leaves in it is wanted here, so it is no leak. */
function lookAtEnd(world: World, look: (snapshot: SandboxSnapshot) => void): World {
  return {
    ...world,
    inventory: async () => [],
    close: async () => {
      if (world.snapshot !== undefined) look(world.snapshot());
      await world.close();
    },
  };
}

function keep(host: Host, name: string, { folders, snapshot }: Reached): Start {
  const root = join(folders.home, '..');
  const exported = readFileSync(join(root, 'temp', VARIABLES), 'utf8')
    .split('\0')
    .filter(Boolean);
  const variables = exported.map((entry) => {
    const at = entry.indexOf('=');
    return [entry.slice(0, at), entry.slice(at + 1)] as const;
  });
  return keepStart(host, name, { root, snapshot, variables: Object.fromEntries(variables) });
}
