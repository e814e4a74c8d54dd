/**
 * Which element of one list is which of another. No single key does for all lists: a port keeps its name when its number
 * changes, and its number when its name does; `53/TCP` and `53/UDP` are two.
 */
import type { Node, YAMLSeq } from 'yaml';
import { itemsOf } from './node.ts';
import { findIdentity, IDENTITIES } from './path.ts';
import type { Identity } from './path.ts';

/** The elements of the three states of a list, in order; the same element has the same identity in each. */
export interface Elements {
  readonly old: Map<unknown, Node>;
  readonly now: Map<unknown, Node>;
  readonly mine: Map<unknown, Node>;
}

/** Undefined if nothing tells the elements of a list apart: then only their values do. */
export function identifyElements(
  base: YAMLSeq | undefined,
  theirs: YAMLSeq,
  ours: YAMLSeq,
): Elements | undefined {
  const lists = [base, theirs, ours].filter((list) => list !== undefined);
  if (lists.some((list) => findIdentity([list]) === undefined)) return undefined;
  const [before, after, own] = [itemsOf(base), itemsOf(theirs), itemsOf(ours)];
  const afterOf = pairElements(before, after);
  const ownOf = pairElements(before, own);
  const oldOf = new Map([...ownOf].map(([old, mine]) => [mine, old]));
  const nowOf = new Map([...afterOf].map(([old, now]) => [now, old]));
  const added = after.filter((item) => !nowOf.has(item));
  const addedOf = pairElements(
    added,
    own.filter((item) => !oldOf.has(item)),
  );
  for (const [now, mine] of addedOf) oldOf.set(mine, now);
  return {
    old: new Map(before.map((item) => [item, item])),
    now: new Map(after.map((item) => [nowOf.get(item) ?? item, item])),
    mine: new Map(own.map((item) => [oldOf.get(item) ?? item, item])),
  };
}

/** Key by key: what only one of each side has, is the same element. */
function pairElements(before: readonly Node[], after: readonly Node[]): Map<Node, Node> {
  const pairs = new Map<Node, Node>();
  const taken = new Set<Node>();
  for (const identity of IDENTITIES) {
    const now = singles(
      after.filter((item) => !taken.has(item)),
      identity,
    );
    const old = singles(
      before.filter((item) => !pairs.has(item)),
      identity,
    );
    for (const [id, item] of old) {
      const other = now.get(id);
      if (other === undefined) continue;
      pairs.set(item, other);
      taken.add(other);
    }
  }
  return pairs;
}

function singles(elements: readonly Node[], identity: Identity): Map<string, Node> {
  const result = new Map<string, Node>();
  const repeated = new Set<string>();
  for (const element of elements) {
    const id = identity(element);
    if (id === undefined) continue;
    if (result.has(id)) repeated.add(id);
    result.set(id, element);
  }
  for (const id of repeated) result.delete(id);
  return result;
}
