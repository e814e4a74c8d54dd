/**
 * What a server keeps from session to session beside its content: the port that manifests and kubeconfigs point to, tokens,
 * a certificate. It lies in the server's own store, so a snapshot has it too.
 */
import type { Ids } from './store/ids.ts';
import { seededIds } from './store/ids.ts';
import type { Store } from './store/store.ts';
import type { Listening } from './http/serve.ts';

const TABLE = 'sandbox';
const KEY = 'server';

/** Where a server listened: the last address last. */
interface Addresses {
  readonly urls: readonly string[];
  readonly ports: Readonly<Record<string, number>>;
}

export interface Keepsake<T> {
  /** What was made when the store was new. */
  readonly content: T;
  readonly notes: readonly string[];
  /** True for the address of an earlier session of this server. */
  isFormer(url: string): boolean;
  /** Listens on the port of the last session; on another one, with a note, where that is taken. */
  listen(name: string, open: (port: number) => Promise<Listening>): Promise<Listening>;
}

/** Reads what the store keeps, or makes it. */
export function openKeepsake<T extends object>(store: Store, make: () => T): Keepsake<T> {
  const table = store.table<T & Addresses>(TABLE);
  let kept = table.get(KEY)?.value ?? { ...make(), urls: [], ports: {} };
  const notes: string[] = [];
  return {
    content: kept,
    notes,
    isFormer: (url) => kept.urls.includes(url),
    async listen(name, open) {
      const wanted = kept.ports[name] ?? 0;
      const listening = await open(wanted).catch((error: unknown) => {
        if (wanted === 0 || !isTaken(error)) throw error;
        return open(0);
      });
      const { port, url } = listening;
      if (wanted !== 0 && port !== wanted)
        notes.push(`port ${wanted} of the ${name} is taken by another program, so it listens on ${port}`);
      const urls = [...kept.urls.filter((known) => known !== url), url];
      kept = { ...kept, urls, ports: { ...kept.ports, [name]: port } };
      table.put(KEY, kept);
      return listening;
    },
  };
}

/** Ids that no earlier session of the same seed gave out. */
export function sessionIds(seed: string, store: Store): Ids {
  const version = store.version();
  return seededIds(version === 0 ? seed : `${seed}@${version}`);
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
