/** The options that name a world, as they were typed. */
import { resolve } from 'node:path';
import type { WorldOptions } from '../world/world.ts';
import type { CommandInput } from './command.ts';
import type { Host } from './host.ts';

/** The world of commands that have no options for it. */
export const EMBEDDED = { cluster: 'emulator', hub: 'embedded' } as const;

/** What a command decides by itself. */
export type Given = Partial<Pick<WorldOptions, 'cluster' | 'hub' | 'state' | 'snapshot' | 'signal'>>;

/** The options of a world as they were typed. `given` wins over the command line. */
export function readWorldOptions(
  input: CommandInput,
  host: Host,
  progress: (line: string) => void,
  given: Given = {},
): WorldOptions {
  const [cub, kubectl] = [input.text('cub'), input.text('kubectl')];
  const allowContext = given.cluster === undefined ? input.text('allow-context') : undefined;
  return {
    cluster: given.cluster ?? input.text('cluster') ?? EMBEDDED.cluster,
    hub: given.hub ?? input.text('hub') ?? EMBEDDED.hub,
    ...(cub === undefined ? {} : { cub: resolve(host.cwd, cub) }),
    ...(kubectl === undefined ? {} : { kubectl: resolve(host.cwd, kubectl) }),
    ...(allowContext === undefined ? {} : { allowContext }),
    seed: host.env['MTX_SEED'] ?? 'mtx-doc',
    env: host.env,
    progress,
    ...given,
  };
}
