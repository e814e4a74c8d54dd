/** `mtx-doc version`. */
import type { RunCommand } from './command.ts';
import { EXIT } from './exit-code.ts';

export const version: RunCommand = async (_input, host) => {
  host.stdout.write(`${host.version}\n`);
  return EXIT.ok;
};
