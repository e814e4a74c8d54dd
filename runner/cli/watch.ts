/** `mtx-doc watch`: runs, then waits for an edit or a key. An edit while something runs ends that run and starts another. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { createMarker } from '../execution/marker.ts';
import { openWatchdog } from '../execution/watchdog.ts';
import type { RunCommand } from './command.ts';
import { EXIT } from './exit-code.ts';
import type { Host } from './host.ts';
import { openInbox } from './inbox.ts';
import { findRepository } from './repository.ts';
import { UsageError } from './usage-error.ts';
import { watchFiles, type WatchedPlaces } from './watch-files.ts';
import { openReport, openSession, type Wish } from './watch-session.ts';

type News =
  | { readonly kind: 'edit' | 'manifests' | 'interrupt' }
  | { readonly kind: 'key'; readonly key: string };

const KEYS = 'r re-run all · u promote · q quit';

export const watch: RunCommand = async (input, host) => {
  const manifests = join(findRepository(host.cwd, input.arguments[0]).root, 'k8s') + sep;
  const places = findPlaces(input.arguments, host, manifests);
  openReport(input, host).discard();
  let stop = new AbortController();
  const hurry = new AbortController();
  const inbox = openInbox<News>((news) => {
    if (news.kind === 'interrupt' && stop.signal.aborted) hurry.abort();
    if (news.kind !== 'key' || news.key === 'q' || news.key === 'r') stop.abort();
  });
  const folder = openStateFolder(host);
  const session = openSession(input, host, folder.path);
  const ends = [
    host.onInterrupt(() => inbox.put({ kind: 'interrupt' })),
    host.onKey((key) => inbox.put({ kind: 'key', key: key.toLowerCase() })),
  ];
  const files = await watchFiles(
    places,
    (paths) => {
      if ([...paths].some((path) => path.startsWith(manifests))) inbox.put({ kind: 'manifests' });
      else if ([...paths].some((path) => path.endsWith('.md'))) inbox.put({ kind: 'edit' });
    },
    (reason) => host.stderr.write(`mtx-doc: some edits may go unnoticed: ${reason}\n`),
  );
  try {
    for (let wish: Wish | 'quit' | 'interrupt' = 'all'; ;) {
      if (wish === 'quit') return EXIT.ok;
      if (wish === 'interrupt') return EXIT.interrupted;
      stop = new AbortController();
      await session.fulfil(wish, stop.signal, hurry.signal);
      files.add(session.folders());
      if (!stop.signal.aborted) host.stdout.write(`watching ${session.describe()} · ${KEYS}\n`);
      wish = chooseWish(await inbox.next());
    }
  } finally {
    for (const end of ends) end();
    await files.close();
    folder.close();
  }
};

/** Where states are kept; it is removed also if this process is killed. */
function openStateFolder({ env }: Host): { readonly path: string; close(): void } {
  const path = mkdtempSync(join(env['TMPDIR'] || tmpdir(), 'mtx-doc-watch-'));
  const watchdog = openWatchdog();
  watchdog.watch(0, createMarker(), path);
  return {
    path,
    close: () => {
      rmSync(path, { recursive: true, force: true });
      watchdog.forget(0);
      watchdog.close();
    },
  };
}

/** The one that all the news together ask for. */
function chooseWish(news: readonly News[]): Wish | 'quit' | 'interrupt' {
  const has = (key: string): boolean => news.some((one) => one.kind === 'key' && one.key === key);
  if (news.some(({ kind }) => kind === 'interrupt')) return 'interrupt';
  if (has('q') || has('\u0004')) return 'quit';
  if (has('r') || news.some(({ kind }) => kind === 'manifests')) return 'all';
  if (news.some(({ kind }) => kind === 'edit')) return 'changed';
  return has('u') ? 'promote' : 'nothing';
}

/** Throws UsageError for a path that is not there now; later it may come and go. */
function findPlaces(paths: readonly string[], host: Host, manifests: string): WatchedPlaces {
  const flat: string[] = [];
  const deep: string[] = [];
  for (const path of paths) {
    const fixed = /[*?[\]{}]/.test(path) ? dirname(path.split(/[*?[\]{}]/)[0] + 'x') : path;
    const place = resolve(host.cwd, fixed);
    const info = statSync(place, { throwIfNoEntry: false });
    if (info === undefined) throw new UsageError(`there is no file or folder ${path}`);
    if (info.isDirectory()) deep.push(place);
    else flat.push(dirname(place));
  }
  if (statSync(manifests, { throwIfNoEntry: false })?.isDirectory() === true) deep.push(resolve(manifests));
  return { flat, deep };
}
