/** Secrets that a server makes while it lives, read off its store: what was secret once stays masked. */
import type { Store } from './store/store.ts';

/** Begins to collect what `find` says is secret in rows of `table`; the set grows as rows are written. */
export function collectSecrets(
  store: Store,
  table: string,
  find: (key: string, value: unknown) => string | undefined,
): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (key: string, value: unknown): void => {
    const secret = find(key, value);
    if (secret !== undefined && secret !== '') found.add(secret);
  };
  for (const { key, value } of store.table(table).list()) look(key, value);
  store.watch((change) => {
    if (change.table === table && change.value !== undefined) look(change.key, change.value);
  });
  return found;
}
