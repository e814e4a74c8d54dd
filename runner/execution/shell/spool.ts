/**
 * Where a shell's output goes. Blocks append to the same two files one after the other, and each block's part is known
 * by where it begins and ends: making new files for each block costs more than running it. A new pair is begun as soon
 * as something may still write to the old one, so that it cannot write into the next block's part.
 */
import { statSync } from 'node:fs';

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

/** Commands that may leave something behind that goes on printing. */
const leavesJobs = /(?:^|[^&>|<])&(?![&>])|\b(?:setsid|nohup|coproc|daemon\w*)\b/m;
/** Opening these by name empties the file: the part before is lost, so let there be none. */
const reopens = /\/dev\/(?:std(?:out|err)|fd\/)|\/proc\/self\/fd/;

export class Spool {
  readonly #nextFile: () => string;
  #path: string | undefined;

  /** `nextFile` gives the paths of new pairs, without their endings. */
  constructor(nextFile: () => string) {
    this.#nextFile = nextFile;
  }

  /** Where the block's output is to go, and how to tell its part once it has ended. */
  begin(script: string, merged: boolean): { readonly path: string; end(jobStarted: boolean): Spooled } {
    if (reopens.test(script)) this.#path = undefined;
    const path = (this.#path ??= this.#nextFile());
    const [stdout, stderr] = [`${path}.stdout`, `${path}.stderr`];
    const [fromOut, fromErr] = [sizeOf(stdout), sizeOf(stderr)];
    return {
      path,
      end: (jobStarted) => {
        if (jobStarted || leavesJobs.test(script)) this.#path = undefined;
        return { stdout: slice(stdout, fromOut), stderr: slice(stderr, fromErr), merged };
      },
    };
  }

  /** For output that goes on after its block: files of its own. */
  beginEndless(): { readonly path: string; readonly spooled: Spooled } {
    const path = this.#nextFile();
    const [stdout, stderr] = [`${path}.stdout`, `${path}.stderr`];
    return {
      path,
      spooled: { stdout: { file: stdout, from: 0 }, stderr: { file: stderr, from: 0 }, merged: false },
    };
  }
}

/** A file that is shorter than it was has been emptied: all that it holds is new. */
function slice(file: string, from: number): Slice {
  const to = sizeOf(file);
  return { file, from: to < from ? 0 : from, to };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
