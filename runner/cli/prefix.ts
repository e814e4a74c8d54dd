/** The reader's prefix, and what to type to remove what it left. */
import { isPrefix } from '../world/cleanup/prefix.ts';
import type { WorldOptions } from '../world/world.ts';
import type { Host } from './host.ts';
import { UsageError } from './usage-error.ts';

/**
 * What `--prefix` gives, else MTX_PREFIX, else the one that the lessons take. Throws a UsageError where it is no prefix:
 * names made with it would be refused one by one, half way through a lesson.
 */
export function readPrefix({ env }: Host, given?: string): string {
  const chosen = env['MTX_PREFIX'] ?? '';
  const prefix = given ?? (chosen === '' ? 'demo' : chosen);
  if (isPrefix(prefix)) return prefix;
  throw new UsageError(
    `${given === undefined ? 'MTX_PREFIX' : '--prefix'} is \`${prefix}\`, which is no prefix`,
    'up to 40 lower-case letters, digits and dashes, first a letter and last no dash, such as team-7',
  );
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
