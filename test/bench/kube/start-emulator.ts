/** Starts the emulator as the joined program that an installed mtx-doc is, in a process of its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import type { Cost, Place } from './messages.ts';

export interface Emulator extends Place {
  /** From the start of the process until it listened, in milliseconds, and the CPU time that this took. */
  readonly startedIn: number;
  readonly startedWith: number;
  cost(): Promise<Cost>;
  close(): Promise<void>;
}

/** Joins the emulator's modules into one file of `folder`, as build.js does. Returns its path. */
export async function joinEmulator(folder: string): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL('emulator.ts', import.meta.url)),
    platform: 'node',
    external: ['@kubernetes/client-node'],
    logLevel: 'silent',
  });
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: 'emulator.mjs' });
  return join(folder, 'emulator.mjs');
}

/** Starts it. `execArgv` are Node's own options (`--cpu-prof`). */
export async function startEmulator(program: string, execArgv: readonly string[] = []): Promise<Emulator> {
  const started = Date.now();
  const env = { ...process.env, NODE_COMPILE_CACHE: `${program}.cache` };
  const child = fork(program, { execArgv: [...execArgv], env });
  const [place] = (await once(child, 'message')) as [Place];
  const startedIn = place.at - started;
  const { cpu } = await askCost(child);
  return {
    ...place,
    startedIn,
    startedWith: cpu,
    cost: () => askCost(child),
    close: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}

async function askCost(child: ChildProcess): Promise<Cost> {
  const answer = once(child, 'message');
  child.send('cost');
  const [cost] = (await answer) as [Cost];
  return cost;
}
