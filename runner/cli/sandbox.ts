/** `mtx-doc sandbox`: the embedded world with a shell in it, for a reader who wants to try things, or for a script. */
import { WorldNotReady } from '../world/not-ready.ts';
import { openWatchdog } from '../execution/watchdog.ts';
import { EXIT } from './exit-code.ts';
import type { CommandInput, RunCommand } from './command.ts';
import type { Host } from './host.ts';
import { openWorldFor } from './open-world-for.ts';
import { readPrefix } from './prefix.ts';
import { EMBEDDED } from './read-world-options.ts';
import { findRepository } from './repository.ts';
import type { Start } from './sandbox-cache.ts';
import { openSandboxFolders, type SandboxFolders } from './sandbox-folders.ts';
import { reachEnd } from './sandbox-chapter.ts';
import { runShell } from './sandbox-shell.ts';
import { renderWelcome } from './sandbox-welcome.ts';
import { UsageError } from './usage-error.ts';

/** A script's own status where the commands come from the standard input; 0 when a reader leaves the shell. */
export const sandbox: RunCommand = async (input, host) => {
  readPrefix(host);
  const { root } = findRepository(host.cwd, input.text('at'));
  const folders = openSandboxFolders(input.text('state'), root, host);
  const stop = new AbortController();
  const watchdog = openWatchdog();
  watchdog.watch(0, folders.marker, folders.chain.root);
  const ignore = host.onInterrupt(() => stop.abort());
  try {
    const at = input.text('at');
    if (at === undefined) return await openSession(input, host, folders, stop.signal);
    if (folders.isUsed) {
      throw new UsageError(
        `${folders.state ?? ''} holds an earlier session already`,
        'leave out --at to go on with it, or give another folder',
      );
    }
    const start = await reachEnd(at, folders.chain.temp, input, host);
    if (start === undefined) return stop.signal.aborted ? EXIT.interrupted : EXIT.failed;
    return await openSession(input, host, folders, stop.signal, start);
  } finally {
    ignore();
    await folders.close();
    watchdog.forget(0);
    watchdog.close();
  }
};

async function openSession(
  input: CommandInput,
  host: Host,
  folders: SandboxFolders,
  stop: AbortSignal,
  start?: Start,
): Promise<number> {
  if (start !== undefined) folders.fill(start.files);
  const progress = (line: string): void => host.stderr.write(`${line}\n`);
  const open = openWorldFor(input, host, progress, {
    ...EMBEDDED,
    ...(folders.state === undefined ? {} : { state: folders.state }),
    ...(start === undefined ? {} : { snapshot: start.snapshot }),
  });
  const world = await open(folders.chain).catch((error: unknown) => notReady(error, progress));
  if (world === undefined) return EXIT.world;
  try {
    if (stop.aborted) return EXIT.interrupted;
    for (const note of world.notes ?? []) progress(note);
    if (host.interactive) host.stderr.write(renderWelcome(folders, world, input.text('at')));
    const shell = input.text('shell');
    return await runShell(host, folders, world, {
      ...(shell === undefined ? {} : { shell }),
      variables: start?.variables(folders.chain) ?? {},
      place: input.text('at') ?? folders.state,
    });
  } finally {
    await world.close();
  }
}

/** Prints why a world is not ready. Throws everything else. */
function notReady(error: unknown, print: (line: string) => void): undefined {
  if (!(error instanceof Error && error.cause instanceof WorldNotReady)) throw error;
  print(`mtx-doc: ${error.message}`);
}
