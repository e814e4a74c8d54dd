/**
 * Where a shell's output goes: to a pair of named pipes, and from there to files in which each block's part is known by
 * where it begins and ends. Blocks use the same pair one after the other, because new ones for each would cost more than
 * running it; only where something still holds a pair when its block ends, the next block gets another.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { NamedPipe } from './named-pipe.ts';

/** A part of a file: from byte `from` to byte `to`, or to its end. */
export interface Slice {
  readonly file: string;
  readonly from: number;
  readonly to?: number;
}

/** What a block printed. `merged`: stderr went where stdout went. */
export interface Spooled {
  readonly stdout: Slice;
  readonly stderr: Slice;
  readonly merged: boolean;
}

interface Pair {
  /** Without the pipes' endings. */
  readonly path: string;
  readonly stdout: NamedPipe;
  readonly stderr: NamedPipe;
}

/** A process makes them, so they are made ahead. */
const pairsAtOnce = 8;

export class Spool {
  readonly #nextFile: () => string;
  readonly #lose: (reason: string) => void;
  readonly #paths: string[] = [];
  readonly #pairs: Pair[] = [];
  #current: Pair | undefined;

  /** `nextFile` gives the paths of new pairs, without endings. `lose` is told why output could not be kept. */
  constructor(nextFile: () => string, lose: (reason: string) => void) {
    this.#nextFile = nextFile;
    this.#lose = lose;
  }

  /** Where the block's output is to go, and how to take its part once it has ended. */
  async begin(merged: boolean): Promise<{ readonly path: string; end(): Spooled }> {
    const { path, stdout, stderr } = (this.#current ??= await this.#open());
    const [fromOut, fromErr] = [stdout.size, stderr.size];
    return {
      path,
      end: () => {
        const areFree = [stdout, stderr].map((pipe) => pipe.drain());
        const spooled = {
          stdout: { file: stdout.file, from: fromOut, to: stdout.size },
          stderr: { file: stderr.file, from: fromErr, to: stderr.size },
          merged,
        };
        if (areFree.includes(false)) {
          this.#current = undefined;
          for (const pipe of [stdout, stderr]) pipe.retire();
        }
        return spooled;
      },
    };
  }

  /** For output that goes on after its block: a pair of its own. */
  async beginEndless(): Promise<{ readonly path: string; readonly spooled: Spooled }> {
    const { path, stdout, stderr } = await this.#open();
    return {
      path,
      spooled: {
        stdout: { file: stdout.file, from: 0 },
        stderr: { file: stderr.file, from: 0 },
        merged: false,
      },
    };
  }

  /** Call it when nothing that prints is left. */
  close(): void {
    for (const { stdout, stderr } of this.#pairs.splice(0)) {
      stdout.close();
      stderr.close();
    }
  }

  async #open(): Promise<Pair> {
    const path = this.#paths.pop() ?? (await this.#make());
    const [stdout, stderr] = nameBoth(path).map((name) => new NamedPipe(name, this.#lose)) as [
      NamedPipe,
      NamedPipe,
    ];
    const pair = { path, stdout, stderr };
    this.#pairs.push(pair);
    return pair;
  }

  async #make(): Promise<string> {
    const path = this.#nextFile();
    const others = Array.from({ length: pairsAtOnce - 1 }, this.#nextFile);
    await promisify(execFile)('mkfifo', ['-m', '600', ...[path, ...others].flatMap(nameBoth)]);
    this.#paths.push(...others);
    return path;
  }
}

function nameBoth(path: string): readonly [string, string] {
  return [`${path}.stdout`, `${path}.stderr`];
}
