/** Words that several families use of a call. */
import type { GivenFlag } from '../contract/call.ts';
import type { ProgramCall } from '../contract/calls.ts';

/** The command as people call it. */
export function lineOf({ program, path }: ProgramCall): string {
  return path === '' ? program.name : `${program.name} ${path}`;
}

export function placeOf({ start, end }: { readonly start: number; readonly end: number }): {
  readonly start: number;
  readonly end: number;
} {
  return { start, end };
}

/** True if the flag is there and not switched off. */
export function given(call: ProgramCall, name: string): boolean {
  const flag = flagOf(call, name);
  return flag !== undefined && !(flag.spec[0] === 'bool' && /^(?:0|f|F|FALSE|false|False)$/.test(flag.shape));
}

/** The flag's last mention. */
export function flagOf(call: ProgramCall, name: string): GivenFlag | undefined {
  return call.flags.findLast((flag) => flag.name === name);
}
