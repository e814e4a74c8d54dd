/** The command line as a function: words and the host in, exit code out. `bin.js` gives it the real process. */
import { dispatch } from './cli/dispatch.ts';
import type { Host } from './cli/host.ts';

/** Runs a command line without the program's name. Never rejects. */
export async function main(words: readonly string[], host: Host): Promise<number> {
  return await dispatch(words, host);
}
