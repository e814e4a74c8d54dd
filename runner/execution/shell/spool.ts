/**
 * Where a shell's output goes: to a pair of named pipes, and from there to files in which each block's part is known by
 * where it begins and ends. Blocks use the same pair one after the other, because new ones for each would cost more than
 * running it; only where a job still holds a pair when its block ends, the next block gets another. What the shell itself
 * holds is meant for later blocks, as on a terminal.
 */
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

export interface SpoolSetup {
  /** Makes further pairs of named pipes, some at once since making one takes a process; gives their paths without endings. */
  makePairs(): Promise<readonly string[]>;
  /** True if the shell itself holds a pipe of this pair between blocks: `exec 3>&1`. */
  isHeldByShell(path: string): boolean;
  /** Is told why output could not be kept. */
  lose(reason: string): void;
}

export class Spool {
  readonly #setup: SpoolSetup;
  readonly #paths: string[];
  readonly #pairs: Pair[] = [];
  #current: Pair | undefined;

  /** `paths` are the first pairs. */
  constructor(paths: readonly string[], setup: SpoolSetup) {
    this.#paths = [...paths];
    this.#setup = setup;
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
        if (areFree.includes(false) && !this.#setup.isHeldByShell(path)) {
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
    if (this.#paths.length === 0) this.#paths.push(...(await this.#setup.makePairs()));
    const path = this.#paths.pop() ?? '';
    const lose = (reason: string): void => this.#setup.lose(reason);
    const stdout = new NamedPipe(`${path}.stdout`, lose);
    const pair = { path, stdout, stderr: new NamedPipe(`${path}.stderr`, lose) };
    this.#pairs.push(pair);
    return pair;
  }
}
