/** Commands as data: help, completion and the argument parser read the same table. Types only. */
import type { Host } from './host.ts';

/** What a shell offers for a value. */
export type Completion = 'files' | readonly string[];

interface OptionBase {
  /** Without the dashes. */
  readonly name: string;
  readonly short?: string;
  readonly summary: string;
}

export type OptionSpec =
  | (OptionBase & { readonly type: 'flag' })
  | (OptionBase & {
      readonly type: 'text' | 'count' | 'duration';
      /** How help names the value. */
      readonly value: string;
      readonly fallback?: string;
      /** The smallest `count`; 1 where nothing is said. */
      readonly least?: number;
      readonly completion?: Completion;
    })
  | (OptionBase & {
      readonly type: 'choice';
      readonly choices: readonly string[];
      readonly fallback: string;
    });

export interface ArgumentSpec {
  readonly name: string;
  readonly summary: string;
  readonly count: 'optional' | 'one' | 'many' | 'any';
  readonly completion: Completion;
}

export interface Example {
  readonly command: string;
  readonly summary: string;
}

export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly argument?: ArgumentSpec;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly Example[];
}

/** What was typed, checked against a command's table. Asking for an option that the table does not name throws. */
export interface CommandInput {
  readonly arguments: readonly string[];
  flag(name: string): boolean;
  /** The value of a `text` or `choice`; a `duration` in milliseconds and a `count` come from `number`. */
  text(name: string): string | undefined;
  number(name: string): number | undefined;
}

/** A command's verb. `sandbox` ends with the status of the reader's shell, which may be any. */
export type RunCommand = (input: CommandInput, host: Host) => Promise<number>;
