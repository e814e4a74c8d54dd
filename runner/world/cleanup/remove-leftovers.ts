/**
 * Removes what a prefix left. Work in the cluster goes first, through the worker where it still answers; then the
 * namespaces; then what the hub holds. One refusal never stops the rest, since a half-finished run has many.
 */
import { ask, type Clients } from '../ask.ts';
import type { ClusterThing, Entity, Leftovers } from './leftovers.ts';

export interface Removal {
  /** `unit reference-data in space demo-traderx`. */
  readonly what: string;
  /** Why it is still there; absent where it is gone. */
  readonly complaint?: string;
}

const DESTROY_MS = 60_000;
const DELETE_MS = 120_000;
/** What is held by something else goes when that has gone: a base after its clones. */
const MOST_PASSES = 3;

/** Yields each thing when it is gone, and at the end those that are not. */
export async function* removeLeftovers(clients: Clients, found: Leftovers): AsyncGenerator<Removal> {
  await prepareUnits(clients, found);
  for (const thing of found.cluster) yield await removeThing(clients, thing);
  let waiting: readonly Entity[] = found.entities;
  let refused: readonly Removal[] = [];
  for (let pass = 0; pass < MOST_PASSES && waiting.length > 0; pass += 1) {
    const again: Entity[] = [];
    refused = [];
    for (const entity of waiting) {
      const removal = await removeEntity(clients, entity);
      if (removal.complaint === undefined) yield removal;
      else {
        again.push(entity);
        refused = [...refused, removal];
      }
    }
    if (again.length === waiting.length) break;
    waiting = again;
  }
  yield* refused;
  for (const slug of found.spaces)
    yield await removeNamed(clients, `space ${slug}`, ['space', 'delete', slug]);
}

/** Takes units out of changesets and what they deployed out of the cluster. What is not possible shows when they are deleted. */
async function prepareUnits(clients: Clients, { entities }: Leftovers): Promise<void> {
  for (const { slug, space } of entities.filter(({ isInChangeset }) => isInChangeset)) {
    const words = ['unit', 'update', '--patch', '--space', space, '--unit', slug, '--changeset', '-'];
    await ask(clients, 'cub', words);
  }
  // Namespaces are units too, and must outlive what is in them.
  const live = entities.filter(({ deployed }) => deployed === 'live');
  const isLate = ({ slug }: Entity): boolean => slug.startsWith('namespace');
  for (const unit of [...live.filter((one) => !isLate(one)), ...live.filter(isLate)]) {
    const { ok } = await ask(
      clients,
      'cub',
      ['unit', 'destroy', unit.slug, '--space', unit.space],
      DESTROY_MS,
    );
    // A worker that leaves one unit alone leaves all: the namespaces take the rest along.
    if (!ok) return;
  }
}

async function removeThing(clients: Clients, { kind, name }: ClusterThing): Promise<Removal> {
  const words = ['delete', kind, name, '--ignore-not-found'];
  const { ok, complaint } = await ask(clients, 'kubectl', words, DELETE_MS);
  return ok ? { what: `${kind} ${name}` } : { what: `${kind} ${name}`, complaint };
}

async function removeEntity(clients: Clients, { kind, slug, space }: Entity): Promise<Removal> {
  return await removeNamed(clients, describeEntity({ kind, slug, space }), [
    kind,
    'delete',
    slug,
    '--space',
    space,
  ]);
}

async function removeNamed(clients: Clients, what: string, words: readonly string[]): Promise<Removal> {
  const { ok, complaint } = await ask(clients, 'cub', words);
  return ok || complaint.includes('not found') ? { what } : { what, complaint };
}

/** `unit reference-data in space demo-traderx`. */
export function describeEntity({ kind, slug, space }: Pick<Entity, 'kind' | 'slug' | 'space'>): string {
  return `${kind} ${slug} in space ${space}`;
}
