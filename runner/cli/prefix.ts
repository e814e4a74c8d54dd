/** The reader's prefix, and what to type to remove what it left. */
import { findPlaceholder, isPrefix } from '../world/cleanup/prefix.ts';
import type { WorldOptions } from '../world/world.ts';
import type { Host } from './host.ts';
import { UsageError } from './usage-error.ts';

/**
 * What `--prefix` gives, else MTX_PREFIX, else the one that the lessons take. Throws a UsageError where it is no prefix, or one
 * that stands for something else in ConfigHub: names made with it would be refused one by one, half way through a lesson.
 */
export function readPrefix({ env }: Host, given?: string): string {
  const chosen = env['MTX_PREFIX'] ?? '';
  const prefix = given ?? (chosen === '' ? 'demo' : chosen);
  const said = `${given === undefined ? 'MTX_PREFIX' : '--prefix'} is \`${prefix}\``;
  if (!isPrefix(prefix)) {
    throw new UsageError(
      `${said}, which is no prefix`,
      'up to 40 lower-case letters, digits and dashes, first a letter and last no dash, such as team-7',
    );
  }
  const word = findPlaceholder(prefix);
  if (word === undefined) return prefix;
  throw new UsageError(
    `${said}, and ConfigHub takes every name with \`${word}\` in it for one that is still to be set, so nothing could be applied`,
    'take a prefix without that word, such as team-7',
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
