/** Divides a plan among machines that know nothing of each other: all come to the same parts, from ids and times alone. */
import type { ChapterId } from '../chapter/chapter.ts';
import type { Chain, Plan } from './plan.ts';

/** The part `index` (from 1) of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * The chains of one part: the longest first, each to the part that has least so far. Without times all chains count the same
 * and are dealt out in the order of their ids; a chapter without a time counts as the mean of the others.
 */
export function selectShard(
  plan: Plan,
  { index, count }: Shard,
  times: ReadonlyMap<ChapterId, number> = new Map(),
): Plan {
  const known = [...times.values()];
  const mean = known.length === 0 ? 1 : known.reduce((sum, time) => sum + time, 0) / known.length;
  const weigh = ({ chapters }: Chain): number =>
    known.length === 0 ? 1 : chapters.reduce((sum, { chapter }) => sum + (times.get(chapter.id) ?? mean), 0);
  const loads = Array.from({ length: count }, () => 0);
  const mine = new Set<Chain>();
  for (const chain of plan.chains.toSorted((a, b) => weigh(b) - weigh(a) || compare(a.id, b.id))) {
    const part = loads.indexOf(Math.min(...loads));
    loads[part] = (loads[part] ?? 0) + weigh(chain);
    if (part === index - 1) mine.add(chain);
  }
  return { chains: plan.chains.filter((chain) => mine.has(chain)) };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
