/** Opens the world that the command line names, and only when a chain asks for one: most of mtx-doc's weight is there. */
import type { World, WorldFolders, WorldOptions } from '../world/world.ts';
import type { CommandInput } from './command.ts';
import type { Host } from './host.ts';
import { readPrefix } from './prefix.ts';
import { readWorldOptions, type Given } from './read-world-options.ts';

/**
 * What `execute` calls for each chain that needs a world. A world that is not ready throws with its remedy. A UsageError
 * comes at once where the prefix is none: every name that is made there begins with it.
 */
export function openWorldFor(
  input: CommandInput,
  host: Host,
  progress: (line: string) => void,
  given: Given = {},
): (folders: WorldFolders) => Promise<World> {
  readPrefix(host);
  const options = readWorldOptions(input, host, progress, given);
  let checked: Promise<void> | undefined;
  return async (folders) => {
    const [{ openWorld }, { WorldNotReady }] = await Promise.all([
      import('../world/open-world.ts'),
      import('../world/not-ready.ts'),
    ]);
    try {
      const world = await openWorld(options, folders);
      checked ??= requireReadyWorld(world, folders, host, options);
      await checked.catch(async (error: unknown) => {
        await world.close();
        throw error;
      });
      return world;
    } catch (error) {
      if (!(error instanceof WorldNotReady)) throw error;
      throw new Error(`${error.message}. ${error.remedy}`, { cause: error });
    }
  };
}

/** A world of our own is ready by its making; one of the reader's is asked, once, before the first chapter. */
async function requireReadyWorld(
  world: World,
  folders: WorldFolders,
  host: Host,
  options: WorldOptions,
): Promise<void> {
  if (world.info.hub !== 'remote' && world.info.cluster !== 'context') return;
  options.progress(`world: ${nameWorld(world)}`);
  const { requireWorld } = await import('./require-world.ts');
  await requireWorld(world, folders, host, options);
}

/** What a reader must know before anything is changed there. */
function nameWorld({ info }: World): string {
  const cluster = info.cluster === 'context' ? `your cluster ${info.clusterName ?? ''}` : 'embedded cluster';
  if (info.hub === 'remote') return `${cluster}, hub ${info.hubName ?? ''}`;
  return `${cluster}, embedded hub, which a worker in your cluster cannot reach`;
}
