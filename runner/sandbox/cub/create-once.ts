/** Creating what may be there already: with `--allow-exists` that one is taken as it is. */
import type { Entity, HubRequest, Invocation } from './cub.ts';
import { entityOf } from './entity.ts';
import { Failure } from './failure.ts';

/** The created entity, or the one that `find` looks up when there is one with the name. */
export async function createOnce(
  call: Invocation,
  request: HubRequest,
  find: () => Promise<Entity>,
): Promise<Entity> {
  try {
    return entityOf((await call.hub.ask(request)).value);
  } catch (error) {
    const isThere = error instanceof Failure && error.message.endsWith('with the same value already exists');
    if (!isThere || !call.flags.on('allow-exists')) throw error;
    return find();
  }
}
