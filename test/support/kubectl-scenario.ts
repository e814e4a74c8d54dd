/**
 * Sessions of `kubectl` commands as data, run against any cluster that a World can open. What they print is normalised (ids,
 * times, ages, addresses, generated names), so that a run against one cluster can be compared to a record of another.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { openWorld } from '../../runner/world/open-world.ts';

/** One file: its steps run in order. */
export interface Session {
  readonly file: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export interface Step extends Partial<Outcome> {
  /** A line of bash. */
  readonly run: string;
  /** What kubectl of another minor version was recorded to say, where that differs. */
  readonly versions?: Readonly<Record<string, Partial<Outcome>>>;
}

export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly exit: number;
}

/** A known difference of the emulator, with its reason. */
export interface Difference {
  readonly file: string;
  readonly run: string;
  /** The minor versions of kubectl that show it, where not all do. */
  readonly versions?: readonly string[];
  readonly reason: string;
}

/** A known difference in the objects that a session leaves: lines of `left-objects.ts` that match. */
export interface ObjectDifference {
  readonly file: string;
  readonly lines: string;
  readonly reason: string;
}

export interface Differences {
  readonly differences: readonly Difference[];
  readonly objects: readonly ObjectDifference[];
}

export interface ClusterChoice {
  readonly cluster: string;
  readonly kubectl?: string;
  /** Hears what takes long: a control plane that is built. */
  readonly progress?: (line: string) => void;
}

const FOLDER = new URL('../conformance/kubectl/', import.meta.url);
/** Commands of the sessions themselves: `settle`. */
const BIN = new URL('bin', import.meta.url).pathname;
/** As many differences may be listed. */
export const MOST_LISTED = 15;
const STEP_TIMEOUT_MS = 60_000;
const MAX_OUTPUT = 64 * 1024 * 1024;

/** Every session of the suite. */
export async function readSessions(): Promise<readonly Session[]> {
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml')).toSorted();
  return await Promise.all(
    files.map(async (file) => ({
      ...(parse(await readFile(new URL(file, FOLDER), 'utf8')) as Omit<Session, 'file'>),
      file,
    })),
  );
}

/** The differences that are known and explained. */
export async function readDifferences(): Promise<Differences> {
  return JSON.parse(await readFile(new URL('../kubectl-differences.json', FOLDER), 'utf8')) as Differences;
}

/** Whether a kubectl of this minor version is known to hear something else from the emulator. */
export function isListed(known: readonly Difference[], file: string, run: string, minor: string): boolean {
  return known.some((one) => one.file === file && one.run === run && (one.versions?.includes(minor) ?? true));
}

/** What a kubectl of this minor version was recorded to say. */
export function expectedOutcome({ out = '', err = '', exit = 0, versions }: Step, minor: string): Outcome {
  return { out, err, exit, ...versions?.[minor] };
}

/** A cluster, opened as a chapter's world is, with a folder to work in. */
export interface OpenCluster {
  /** kubectl's version: `1.34`. */
  readonly minor: string;
  /** Runs all steps of a session; each leaves the cluster as it found it. */
  run(session: Session): Promise<readonly Outcome[]>;
  /** Writes a session's files and waits until nothing is left of the one before. */
  prepare(session: Session): Promise<void>;
  /** Runs a line of bash in the session's folder. */
  runStep(run: string): Promise<Outcome>;
  /** What a line of bash prints, as it is. Rejects where it fails. */
  print(run: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens the emulator or a control plane. */
export async function openCluster(choice: ClusterChoice): Promise<OpenCluster> {
  const root = await mkdtemp(join(tmpdir(), 'mtx-kubectl-'));
  const folders = { work: join(root, 'work'), home: join(root, 'home'), world: join(root, 'world') };
  for (const folder of Object.values(folders)) await mkdir(folder);
  const close = (): Promise<void> => rm(root, { recursive: true, force: true });
  try {
    const given = { hub: 'embedded', seed: 'kubectl', env: process.env, progress: () => undefined };
    const world = await openWorld({ ...given, ...choice }, folders);
    const path = [...world.path, BIN, process.env['PATH']].join(':');
    // `sort` is to order as where the sessions were recorded.
    const env = { ...world.env, HOME: folders.home, LC_ALL: 'C', PATH: path };
    const step = (run: string): Promise<Outcome> => runStep(run, folders.work, env);
    const prepare = async ({ files = {} }: Session): Promise<void> => {
      for (const [name, text] of Object.entries(files)) await writeFile(join(folders.work, name), text);
      await step(NO_LEFTOVERS);
    };
    return {
      minor: /1\.\d+/.exec(world.info.versions['kubectl'] ?? '')?.[0] ?? '',
      run: async (session) => {
        await prepare(session);
        const outcomes: Outcome[] = [];
        for (const { run } of session.steps) outcomes.push(await step(run));
        return outcomes;
      },
      prepare,
      runStep: step,
      print: async (run) =>
        (await promisify(execFile)('bash', ['-c', run], { env, maxBuffer: MAX_OUTPUT })).stdout,
      close: async () => {
        await world.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits until the namespaces of the session before are gone: a session lists them. */
const NO_LEFTOVERS = `for n in {1..300}; do
  test -z "$(kubectl get ns -o jsonpath='{.items[?(@.status.phase=="Terminating")].metadata.name}')" && break; sleep 0.2
done`;

function runStep(run: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
  const options = { cwd, env, timeout: STEP_TIMEOUT_MS, maxBuffer: MAX_OUTPUT };
  return new Promise((resolve) => {
    execFile('bash', ['-c', run], options, (error, out, err) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : 124;
      resolve({ out: normalise(out), err: normalise(err), exit });
    });
  });
}

/** In order: what an earlier rule makes is not seen by a later one. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'UID'],
  [/(resourceVersion\\*"?: ?\\*"?)\d+/gi, '$1N'],
  [/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gs, 'CERTIFICATE'],
  // The emulator claims the client's own version where that is far from its own.
  [/\bv1\.\d+\.\d+\b/g, 'VERSION'],
  [/\bmtx-(?:control-plane|emulator)\b/g, 'CONTEXT'],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]+/g, 'TOKEN'],
  [/\b\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME'],
  [/\b[A-Z][a-z]{2}, \d+ [A-Z][a-z]+ \d{4} [\d:]+ \+0000/g, 'DATE'],
  [/\/tmp\/\S+/g, 'FILE'],
  [/127\.0\.0\.1:\d+/g, 'HOST'],
  [/\b10\.96\.\d+\.\d+\b/g, 'CLUSTER-IP'],
  [/\b10\.(?:0|244)\.\d+\.\d+\b/g, 'POD-IP'],
  [/(pod-template-hash[:=]"? ?"?)[a-z0-9]+/g, '$1HASH'],
  [/\b([a-z][a-z0-9]*)-[b-df-hj-np-tv-z2-9]{8,10}-[b-df-hj-np-tv-z2-9]{5}\b/g, '$1-HASH-POD'],
  [/\b(app|d|bad)-[b-df-hj-np-tv-z2-9]{8,10}\b/g, '$1-HASH'],
  [/kube-api-access-[a-z0-9]{5}/g, 'kube-api-access-X'],
  [/\b(nodePort"?: ?|:)3[0-2]\d{3}\b/g, '$1NODE-PORT'],
  // A number of whole minutes looks like a quantity of CPU, of which the sessions have none below 10m.
  [/\b(?:(?:\d+d)?(?:\d+h)?(?:\d+m)?\d+(?:\.\d+)?(?:s|ms)|[2-9]m)\b/g, 'AGE'],
  // How often an event was seen depends on how long the session took.
  [/\bAGE \(x\d+ over AGE\)/g, 'AGE'],
  // Columns are as wide as what was replaced; only the blanks at the beginning of a line mean something.
  [/(\S) {2,}(?=\S)/g, '$1  '],
  [/ +$/gm, ''],
];

/** The text without what differs from run to run. */
export function normalise(text: string): string {
  return RULES.reduce((result, [pattern, replacement]) => result.replaceAll(pattern, replacement), text);
}
