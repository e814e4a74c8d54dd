/** Opens the world that the command line names, and only when a chain asks for one: most of mtx-doc's weight is there. */
import { resolve } from 'node:path';
import type { World, WorldFolders, WorldOptions } from '../world/world.ts';
import type { CommandInput } from './command.ts';
import type { Host } from './host.ts';

/** The world of commands that have no options for it. */
export const EMBEDDED = { cluster: 'emulator', hub: 'embedded' } as const;

/** What `execute` calls for each chain that needs a world. A world that is not ready throws with its remedy. `given` wins over the command line. */
export function openWorldFor(
  input: CommandInput,
  host: Host,
  progress: (line: string) => void,
  given: Partial<Pick<WorldOptions, 'cluster' | 'hub' | 'state' | 'snapshot' | 'signal'>> = {},
): (folders: WorldFolders) => Promise<World> {
  const [cub, kubectl] = [input.text('cub'), input.text('kubectl')];
  const options: WorldOptions = {
    cluster: given.cluster ?? input.text('cluster') ?? '',
    hub: given.hub ?? input.text('hub') ?? '',
    ...(cub === undefined ? {} : { cub: resolve(host.cwd, cub) }),
    ...(kubectl === undefined ? {} : { kubectl: resolve(host.cwd, kubectl) }),
    seed: host.env['MTX_SEED'] ?? 'mtx-doc',
    env: host.env,
    progress,
    ...given,
  };
  return async (folders) => {
    const [{ openWorld }, { WorldNotReady }] = await Promise.all([
      import('../world/open-world.ts'),
      import('../world/not-ready.ts'),
    ]);
    try {
      return await openWorld(options, folders);
    } catch (error) {
      if (!(error instanceof WorldNotReady)) throw error;
      throw new Error(`${error.message}. ${error.remedy}`, { cause: error });
    }
  };
}
