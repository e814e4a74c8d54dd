/** Finding workers, which alone may be named with their space: `<space>/<worker>`. */
import type { Entity, Invocation } from './cub.ts';
import { idOf } from './entity.ts';
import { Failure } from './failure.ts';
import { workerKind } from './kind/worker.ts';
import { findEntity, findSpace } from './lookup.ts';

/** The bare worker. */
export async function findWorker(call: Invocation, name: string): Promise<Entity> {
  const [space = '', slug, ...rest] = name.split('/');
  if (slug === undefined || rest.length > 0) return findEntity(call, workerKind, name);
  const spaceId = idOf(await findSpace(call, space), 'SpaceID');
  try {
    return await findEntity(call, workerKind, slug, spaceId);
  } catch (error) {
    if (!(error instanceof Failure) || !error.message.startsWith('bridgeworker ')) throw error;
    throw new Failure(`bridgeworker ${name} not found in space ${spaceId}`, { cause: error });
  }
}
