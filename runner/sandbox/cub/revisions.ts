/** The revisions of a unit, newest first. */
import type { Entity, Invocation } from './cub.ts';
import { entitiesOf, numberOf, partOf } from './entity.ts';
import { Failure } from './failure.ts';

const INCLUDE = 'UserID';

/** Extended revisions. `select` empty: all fields. */
export async function listRevisions(
  call: Invocation,
  unitId: string,
  where: string,
  select: string,
): Promise<Entity[]> {
  const { value } = await call.hub.ask({
    method: 'GET',
    path: `/space/${call.space.id}/unit/${unitId}/revision`,
    query: { where, contains: call.flags.text('contains'), include: INCLUDE, select },
  });
  const numberOfItem = (item: Entity): number => numberOf(partOf(item, 'Revision'), 'RevisionNum');
  return entitiesOf(value).toSorted((a, b) => numberOfItem(b) - numberOfItem(a));
}

/** The bare revision with this number. */
export async function findRevision(
  call: Invocation,
  unitId: string,
  number: number,
  select = '',
): Promise<Entity> {
  const found = await listRevisions(call, unitId, `RevisionNum = ${number}`, select);
  const revision = found
    .map((item) => partOf(item, 'Revision'))
    .find((item) => numberOf(item, 'RevisionNum') === number);
  if (revision !== undefined) return revision;
  throw new Failure(`rev ${number} of unit ${unitId} not found in space ${call.space.slug}`);
}
