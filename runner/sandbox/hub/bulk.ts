/** Bulk writes, where each entity succeeds or fails alone and the answer says which; and writes that only show what they would do. */
import type { Call, HubContext } from './context.ts';
import { badRequest, toResponseError } from './errors.ts';

/** Refuses a bulk write without a where expression: it would hit everything in the organization. */
export function requireWhere(call: Call): void {
  if ((call.query.get('where') ?? '').trim() === '')
    throw badRequest('a bulk operation needs a where expression');
}

/** The same for requests that may name a saved filter in its place. */
export function requireSelection(call: Call): void {
  if ((call.query.get('filter') ?? '') === '') requireWhere(call);
}

/** What the names of clones begin with; one that is empty if the request names none. */
export function readPrefixes({ query }: Call): string[] {
  return (query.get('name_prefixes') ?? '').split(',').map((prefix) => prefix.trim());
}

/** Does `work` for each item in a transaction of its own; a refusal becomes that item's `Error`. */
export function eachAlone<T>(
  hub: HubContext,
  items: readonly T[],
  describe: (item: T) => { readonly type: string; readonly id: string },
  work: (item: T) => object,
): object[] {
  return items.map((item) => {
    try {
      return hub.store.transaction(() => work(item));
    } catch (error) {
      const { type, id } = describe(item);
      return { Error: toResponseError(error, type, id) };
    }
  });
}

/** The same, all or nothing: one refusal takes back what was done for the others, and each of these says so. */
export function eachTogether<T>(
  hub: HubContext,
  items: readonly T[],
  describe: (item: T) => { readonly type: string; readonly id: string },
  work: (item: T) => object,
): object[] {
  const isRefused = (result: object): boolean => 'Error' in result;
  let results: object[] = [];
  try {
    hub.store.transaction(() => {
      results = eachAlone(hub, items, describe, work);
      if (results.some(isRefused)) throw new Undone();
    });
    return results;
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return items.map((item, index) => {
    const result = results[index];
    if (result !== undefined && isRefused(result)) return result;
    const { type, id } = describe(item);
    return { Error: toResponseError(badRequest('unchanged, since another unit was refused'), type, id) };
  });
}

class Undone extends Error {}

/** Does `work` and takes it back: what it returns is what it would have done. */
export function rehearse<T>(hub: HubContext, work: () => T): T {
  const results: T[] = [];
  try {
    hub.store.transaction(() => {
      results.push(work());
      throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return results[0] as T;
}
