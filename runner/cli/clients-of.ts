/** How mtx-doc itself calls the clients of a world. */
import type { Clients } from '../world/ask.ts';
import type { World, WorldFolders } from '../world/world.ts';
import type { Host } from './host.ts';

/** With the world's files and nothing of the reader's but PATH. */
export function clientsOf(
  world: Pick<World, 'env' | 'path'>,
  { home }: Pick<WorldFolders, 'home'>,
  host: Host,
): Clients {
  const path = [...world.path, host.env['PATH'] ?? ''].join(':');
  return { env: { HOME: home, NO_COLOR: '1', ...world.env, PATH: path } };
}
