/** Checked arguments by position, with the type that the signature promises. */
import type { FunctionCall } from './implementation.ts';

/** A text argument; an optional one that is missing is empty. */
export function textArgument(call: FunctionCall, index: number): string {
  return String(call.arguments[index]?.value ?? '');
}

/** An integer argument. */
export function numberArgument(call: FunctionCall, index: number): number {
  return Number(call.arguments[index]?.value ?? 0);
}

/** A boolean argument; a missing one is false. */
export function flagArgument(call: FunctionCall, index: number): boolean {
  return call.arguments[index]?.value === true;
}
