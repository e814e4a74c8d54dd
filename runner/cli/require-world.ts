/** The checks of `preflight` at the start of a run in a world of the reader's: silent unless one fails. */
import { WorldNotReady } from '../world/not-ready.ts';
import { checkWorld } from '../world/preflight/check-world.ts';
import type { World, WorldFolders, WorldOptions } from '../world/world.ts';
import { clientsOf } from './clients-of.ts';
import type { Host } from './host.ts';
import { cleanupCommand, readPrefix } from './prefix.ts';

/** Throws WorldNotReady with the first thing that is not right. */
export async function requireWorld(
  world: World,
  folders: WorldFolders,
  host: Host,
  options: WorldOptions,
): Promise<void> {
  const prefix = readPrefix(host);
  const checks = await checkWorld(clientsOf(world, folders, host), {
    hub: world.info.hub === 'remote',
    cluster: world.info.cluster === 'context',
    prefix,
    cleanup: cleanupCommand(prefix, options),
  });
  const fault = checks.find(({ status }) => status === 'failed');
  if (fault !== undefined) throw new WorldNotReady(`${fault.name}: ${fault.detail}`, fault.remedy ?? '');
}
