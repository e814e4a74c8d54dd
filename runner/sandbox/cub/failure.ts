/** How a command ends when it does not succeed: a text for stderr and exit code 1. */

/** Printed as `Failed: <message>`. */
export class Failure extends Error {}

/** Reads `error.message` of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
