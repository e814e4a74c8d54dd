/** The reader's prefix, and what to type to remove what it left. */
import type { WorldOptions } from '../world/world.ts';
import type { Host } from './host.ts';

/** MTX_PREFIX, or the one that the lessons take where the reader has chosen none. */
export function readPrefix({ env }: Host): string {
  const chosen = env['MTX_PREFIX'] ?? '';
  return chosen === '' ? 'demo' : chosen;
}

/** The command that cleans this world. */
export function cleanupCommand(
  prefix: string,
  world: Partial<Pick<WorldOptions, 'cluster' | 'hub' | 'allowContext' | 'state'>>,
): string {
  const { state, cluster = 'emulator', hub = 'embedded', allowContext } = world;
  const words = [
    ...(state === undefined ? [] : [`--state ${state}`]),
    ...(cluster === 'emulator' ? [] : [`--cluster ${cluster}`]),
    ...(allowContext === undefined ? [] : [`--allow-context ${allowContext}`]),
    ...(hub === 'embedded' ? [] : [`--hub ${hub}`]),
  ];
  return ['mtx-doc cleanup', `--prefix ${prefix}`, ...words].join(' ');
}
