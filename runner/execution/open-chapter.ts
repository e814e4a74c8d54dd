/** Gives a chapter its environment and its shell: a fresh one, in the chain's work folder and world. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PlannedChapter } from '../plan/plan.ts';
import type { ChainContext, ChapterContext } from './chain-context.ts';
import { createCleaner } from './clean-text.ts';
import { findSecrets, sealEnvironment, writeSecretPattern } from './environment.ts';
import { openShell } from './shell/open-shell.ts';
import type { Shell, ShellSetup } from './shell/shell.ts';
import { watchPaths } from './spelled-paths.ts';
import { quoteWord } from '../text/shell-word.ts';

const restoring = fileURLToPath(new URL('shell/restore-state.sh', import.meta.url));
const restoreMs = 10_000;

/** Starts nothing yet: the shell is opened by the first block that needs one. */
export function openChapter(chain: ChainContext, planned: PlannedChapter): ChapterContext {
  const { options, folders, world } = chain;
  const { meta } = planned.chapter;
  const setup = describeShell(chain, planned);
  const secrets = new Set([...(world?.secrets() ?? []), ...findSecrets(setup.environment, meta.secrets)]);
  let cleaner = createCleaner(folders, [...secrets]);
  const context: ChapterContext = {
    ...chain,
    planned,
    clean(text) {
      context.addSecrets(world?.secrets() ?? []);
      return cleaner(text);
    },
    sources: new Map(),
    backgrounds: [],
    cleanups: [],
    leaks: [],
    findLeftPaths: watchPaths(planned.chapter, folders),
    shell: undefined,
    captures: planned.captures ?? {},
    deadline: options.clock.now() + meta.timeoutMs,
    addSecrets(values) {
      const fresh = values.filter((value) => value !== '' && !secrets.has(value));
      for (const value of fresh) secrets.add(value);
      if (fresh.length > 0) cleaner = createCleaner(folders, [...secrets]);
    },
    async openShell() {
      if (context.shell?.isAlive() === true) return context.shell;
      await closeShell(context);
      const shell = await openShell(setup);
      context.shell = shell;
      await restoreState(shell, setup.state);
      return shell;
    },
  };
  return context;
}

function describeShell(
  { options, folders, world, watchdog, nextFile }: ChainContext,
  { chapter: { meta, blocks } }: PlannedChapter,
): ShellSetup {
  const keepsState = meta.collect.length > 0 || blocks.some((block) => block.kind === 'cleanup');
  return {
    folders,
    environment: sealEnvironment(options.environment, folders, {
      world: world?.env ?? {},
      path: world?.path ?? [],
      chapter: meta.env,
    }),
    secretPattern: writeSecretPattern(meta.secrets),
    watchdog,
    nextFile,
    clock: options.clock,
    keep: options.keep === true,
    ...(keepsState ? { state: `${nextFile()}.state` } : {}),
  };
}

/** Closes the chapter's shell and notes what outlived it. */
export async function closeShell(context: ChapterContext): Promise<void> {
  const strays = (await context.shell?.close()) ?? [];
  context.shell = undefined;
  context.leaks.push(...strays.map(({ pid, command }) => `process ${pid}: ${context.clean(command)}`));
}

/** Brings variables, functions, options, aliases and the folder of a shell that died into its successor. */
async function restoreState(shell: Shell, state: string | undefined): Promise<void> {
  if (state === undefined || !existsSync(state)) return;
  const script = `__mtx_from=${quoteWord(state)}\nbuiltin source ${quoteWord(restoring)}\n`;
  // What cannot be set again (`readonly`) is left out, and the rest follows.
  await shell.run({ script, mode: 'apart', persevere: true, timeoutMs: restoreMs, internal: true });
}
