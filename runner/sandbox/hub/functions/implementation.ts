/** What a function's implementation gets and returns. Types only. */
import type { CheckedArgument } from './arguments.ts';
import type { FunctionContext } from './functions.ts';
import type { ConfigDocument } from './nodes.ts';
import type { Signature } from './signature.ts';

/** One call with checked arguments. */
export interface FunctionCall {
  readonly signature: Signature;
  readonly arguments: readonly CheckedArgument[];
  /** To be changed in place by mutating functions; documents may be added and removed. */
  readonly documents: ConfigDocument[];
  readonly context: FunctionContext;
  readonly liveState: string;
}

/** Returns the output of a getter or a validating function. Throws FunctionFailure; what was changed before that stays changed. */
export type Implementation = (call: FunctionCall) => unknown;
