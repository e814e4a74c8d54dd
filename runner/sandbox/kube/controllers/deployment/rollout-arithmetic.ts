/**
 * How many pods each ReplicaSet of a Deployment may have: pure numbers, as in k8s.io/kubernetes
 * pkg/controller/deployment (rolling.go, sync.go, util/deployment_util.go).
 */

/** A ReplicaSet as the arithmetic sees it. */
export interface SetSize {
  readonly name: string;
  readonly replicas: number;
  readonly available: number;
  /** Creation order: the smaller the older. */
  readonly age: number;
  /** The annotation `deployment.kubernetes.io/max-replicas`. */
  readonly maxReplicas?: number | undefined;
}

export interface Limits {
  readonly replicas: number;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

/** An int-or-percent of `total`; percentages round up for surge and down for unavailable. */
export function scaledValue(value: unknown, total: number, roundUp: boolean): number {
  if (typeof value === 'number') return value;
  const percent = /^(\d+)%$/.exec(typeof value === 'string' ? value : '')?.[1];
  if (percent === undefined) return 0;
  const exact = (Number(percent) * total) / 100;
  return roundUp ? Math.ceil(exact) : Math.floor(exact);
}

/** Both limits in pods. They are never both 0, or nothing could move. */
export function resolveLimits(
  strategy: 'RollingUpdate' | 'Recreate',
  replicas: number,
  surge: unknown,
  unavailable: unknown,
): Limits {
  if (strategy === 'Recreate') return { replicas, maxSurge: 0, maxUnavailable: 0 };
  const maxSurge = scaledValue(surge, replicas, true);
  const raw = scaledValue(unavailable, replicas, false);
  const allowed = maxSurge === 0 && raw === 0 ? 1 : raw;
  return { replicas, maxSurge, maxUnavailable: replicas === 0 ? 0 : Math.min(allowed, replicas) };
}

export function total(sets: readonly SetSize[]): number {
  return sets.reduce((sum, set) => sum + set.replicas, 0);
}

export function available(sets: readonly SetSize[]): number {
  return sets.reduce((sum, set) => sum + set.available, 0);
}

/** How far the new set may grow now (or must shrink). */
export function newSetReplicas(limits: Limits, current: number, old: readonly SetSize[]): number {
  if (current >= limits.replicas) return limits.replicas;
  const room = limits.replicas + limits.maxSurge - (total(old) + current);
  return room <= 0 ? current : current + Math.min(room, limits.replicas - current);
}

/** One set's next size. */
export interface Resize {
  readonly name: string;
  readonly replicas: number;
}

/**
 * How the old sets may shrink now, in order: unhealthy pods first, then as far as availability allows. A set that still
 * reports more available pods than it shall have has not caught up: nothing is taken away on such counts.
 */
export function shrinkOldSets(limits: Limits, newSet: SetSize, old: readonly SetSize[]): Resize[] {
  const minAvailable = limits.replicas - limits.maxUnavailable;
  const newUnavailable = newSet.replicas - newSet.available;
  const maxScaledDown = total(old) + newSet.replicas - minAvailable - newUnavailable;
  if (total(old) === 0 || maxScaledDown <= 0) return [];
  const oldestFirst = old.toSorted((one, other) => one.age - other.age);
  const sizes = new Map(oldestFirst.map((set) => [set.name, set.replicas]));
  const steps: Resize[] = [];
  const shrink = (name: string, by: number): void => {
    const replicas = (sizes.get(name) ?? 0) - by;
    sizes.set(name, replicas);
    steps.push({ name, replicas });
  };
  let unhealthyLeft = maxScaledDown;
  for (const set of oldestFirst) {
    if (set.replicas === 0) continue;
    if (set.available > set.replicas && unhealthyLeft > 0) return steps;
    const unhealthy = Math.min(unhealthyLeft, set.replicas - set.available);
    if (unhealthy <= 0) continue;
    unhealthyLeft -= unhealthy;
    shrink(set.name, unhealthy);
  }
  let spare = available([newSet, ...old]) - minAvailable;
  for (const set of oldestFirst) {
    const step = Math.min(sizes.get(set.name) ?? 0, spare);
    if (step <= 0) continue;
    spare -= step;
    shrink(set.name, step);
  }
  return steps;
}

/** Shares a change of `spec.replicas` among all active sets in the middle of a rollout. */
export function proportionalReplicas(
  limits: Limits,
  active: readonly SetSize[],
  statusReplicas: number,
): Resize[] {
  const allowed = limits.replicas > 0 ? limits.replicas + limits.maxSurge : 0;
  const toAdd = allowed - total(active);
  const ordered = active.toSorted(
    (one, other) => other.replicas - one.replicas || (toAdd > 0 ? other.age - one.age : one.age - other.age),
  );
  const sizes = new Map(ordered.map((set) => [set.name, set.replicas]));
  let added = 0;
  for (const set of ordered) {
    const share = proportion(limits, set, statusReplicas, toAdd, added);
    sizes.set(set.name, set.replicas + share);
    added += share;
  }
  const largest = ordered[0];
  if (largest !== undefined)
    sizes.set(largest.name, Math.max(0, (sizes.get(largest.name) ?? 0) + toAdd - added));
  return [...sizes].map(([name, replicas]) => ({ name, replicas }));
}

function proportion(
  limits: Limits,
  set: SetSize,
  statusReplicas: number,
  toAdd: number,
  added: number,
): number {
  if (set.replicas === 0 || toAdd === 0 || toAdd === added) return 0;
  const share = fraction(limits, set, statusReplicas);
  return toAdd > 0 ? Math.min(share, toAdd - added) : Math.max(share, toAdd - added);
}

function fraction(limits: Limits, set: SetSize, statusReplicas: number): number {
  if (limits.replicas === 0) return -set.replicas;
  const before = set.maxReplicas === undefined || set.maxReplicas === 0 ? statusReplicas : set.maxReplicas;
  if (before === 0) return 0;
  return Math.round((set.replicas * (limits.replicas + limits.maxSurge)) / before) - set.replicas;
}
