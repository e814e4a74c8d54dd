/** Which resource of one state is which of another: by name, whatever the namespace; a renamed one by what else it has in common. */
import { isCollection, isPair } from 'yaml';
import { diffNodes } from './diff-nodes.ts';
import type { Resource } from './resources.ts';

/** More of a renamed resource than this may not have changed, unless it is the only one of its kind. */
const MOST_CHANGED = 0.5;

/** What is known of the resources besides what they look like. */
export interface Renames {
  /** True if `resource`, one of `after`, had this name earlier. */
  readonly wasNamed: (resource: Resource, name: string) => boolean;
  /** False if these two cannot be the same, however alike they are. */
  readonly mayBe: (old: Resource, now: Resource) => boolean;
}

const UNKNOWN: Renames = { wasNamed: () => false, mayBe: () => true };

/** The resource of `after` for each of `before` that is still there. */
export function pairResources(
  before: readonly Resource[],
  after: readonly Resource[],
  { wasNamed, mayBe }: Renames = UNKNOWN,
): Map<Resource, Resource> {
  const pairs = new Map<Resource, Resource>();
  const taken = new Set<Resource>();
  const take = (old: Resource, now: Resource | undefined): void => {
    if (now === undefined) return;
    pairs.set(old, now);
    taken.add(now);
  };
  const tests: readonly ((old: Resource, now: Resource) => boolean)[] = [
    (old, now) => old.type === now.type && old.name === now.name && old.namespace === now.namespace,
    (old, now) => old.name === now.name,
    (old, now) => wasNamed(now, old.name),
  ];
  for (const isSame of tests)
    for (const old of before)
      if (!pairs.has(old))
        take(
          old,
          ofKind(after, old).find((now) => !taken.has(now) && isSame(old, now)),
        );
  for (const [old, now] of matchRenamed(
    before.filter((one) => !pairs.has(one)),
    after.filter((one) => !taken.has(one)),
    mayBe,
  ))
    take(old, now);
  return pairs;
}

/** The most alike find each other first. */
function matchRenamed(
  lost: readonly Resource[],
  added: readonly Resource[],
  mayBe: Renames['mayBe'],
): Map<Resource, Resource> {
  const pairs = new Map<Resource, Resource>();
  const candidates = lost
    .flatMap((old) => ofKind(added, old).map((now) => ({ old, now, change: changedShare(old, now) })))
    .sort((a, b) => a.change - b.change);
  const taken = new Set<Resource>();
  for (const { old, now, change } of candidates) {
    if (pairs.has(old) || taken.has(now)) continue;
    const alone = ofKind(lost, old).length === 1 && ofKind(added, old).length === 1;
    if (!mayBe(old, now) || (!alone && change > MOST_CHANGED)) continue;
    pairs.set(old, now);
    taken.add(now);
  }
  return pairs;
}

/** Changed paths for each value that there is. */
function changedShare(old: Resource, now: Resource): number {
  return diffNodes(old.body, now.body).length / Math.max(countLeaves(old.body), countLeaves(now.body), 1);
}

function countLeaves(node: unknown): number {
  if (isPair(node)) return countLeaves(node.value);
  if (!isCollection(node)) return 1;
  return node.items.reduce<number>((sum, item) => sum + countLeaves(item), 0);
}

function ofKind(resources: readonly Resource[], like: Resource): Resource[] {
  return resources.filter((other) => kindOf(other) === kindOf(like));
}

/** The same kind in another version, or another group, is still the same resource. */
function kindOf({ type }: Resource): string {
  return type.slice(type.lastIndexOf('/') + 1);
}
