/** The mutations of a unit, newest first. */
import type { Entity, Invocation } from './cub.ts';
import { entitiesOf, numberOf, partOf } from './entity.ts';

export const MUTATION_INCLUDE = 'RevisionID,LinkID,TriggerID';

/** Extended mutations. `select` empty: all fields. */
export async function listMutations(
  call: Invocation,
  unitId: string,
  where: string,
  select: string,
): Promise<Entity[]> {
  const { value } = await call.hub.ask({
    method: 'GET',
    path: `/space/${call.space.id}/unit/${unitId}/mutation`,
    query: { where, contains: call.flags.text('contains'), include: MUTATION_INCLUDE, select },
  });
  return entitiesOf(value).toSorted((a, b) => mutationNumber(b) - mutationNumber(a));
}

export function mutationNumber(item: Entity): number {
  return numberOf(partOf(item, 'Mutation'), 'MutationNum');
}
