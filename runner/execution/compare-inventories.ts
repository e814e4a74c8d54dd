/** How a world differs from what it was: what came, what went, what is not the same. */
import type { Holding } from '../world/world.ts';

/** Differences by the holding's name, each as a sentence: "left behind: namespace demo". */
export type Differences = ReadonlyMap<string, string>;

/** In the order of the inventories. */
export function compareInventories(before: readonly Holding[], after: readonly Holding[]): Differences {
  const [old, now] = [byName(before), byName(after)];
  const came = after.filter(({ name }) => !old.has(name));
  const went = before.filter(({ name }) => !now.has(name));
  const changed = after.filter(({ name, content }) => old.has(name) && old.get(name)?.content !== content);
  return new Map([
    ...came.map(({ name }) => [name, `left behind: ${name}`] as const),
    ...went.map(({ name }) => [name, `gone: ${name}`] as const),
    ...changed.map(({ name }) => [name, `left changed: ${name}`] as const),
  ]);
}

/** The same of their states: what one chapter changed and its clean-up did not take back, while others' things are still there. */
export function compareStates(before: readonly Holding[], after: readonly Holding[]): Differences {
  return compareInventories(statesOf(before), statesOf(after));
}

function statesOf(holdings: readonly Holding[]): readonly Holding[] {
  return holdings.flatMap(({ name, state }) => (state === undefined ? [] : [{ name, content: state }]));
}

function byName(holdings: readonly Holding[]): ReadonlyMap<string, Holding> {
  return new Map(holdings.map((holding) => [holding.name, holding]));
}
