/** What the hub says of itself. */
import type { Entity, Invocation } from './cub.ts';
import { entityOf } from './entity.ts';

/** The ApiInfo of the hub. */
export async function hubInfo(call: Invocation): Promise<Entity> {
  return entityOf((await call.hub.ask({ method: 'GET', path: '/info' })).value);
}
