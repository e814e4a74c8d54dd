/** A command line read against a program's contract, as cobra and pflag read it. Types only. */
import type { ShellCommand, ShellWord } from '../shell/shell.ts';
import type { CommandSpec, FlagSpec } from './contract.ts';

/** A flag of the line. */
export interface GivenFlag {
  readonly name: string;
  readonly spec: FlagSpec;
  /** The word that names it. */
  readonly word: ShellWord;
  /** Its value with `\u0000` for unknown parts; `true` for a flag that takes none. */
  readonly shape: string;
  /** The value, if all of it is known. */
  readonly value: string | undefined;
  /** The word that holds the value: the same as `word` where it is written with `=`. */
  readonly valueWord: ShellWord;
}

/** What cobra or pflag would refuse. */
export type Fault =
  | { readonly kind: 'command'; readonly word: ShellWord; readonly name: string; readonly group: string }
  | { readonly kind: 'flag'; readonly word: ShellWord; readonly name: string }
  | { readonly kind: 'no-value'; readonly word: ShellWord; readonly name: string }
  | { readonly kind: 'bad-value'; readonly flag: GivenFlag };

/** A command line of `cub` or `kubectl`. */
export interface Call {
  readonly command: ShellCommand;
  /** The command's path, such as `unit create`. */
  readonly path: string;
  readonly spec: CommandSpec;
  readonly flags: readonly GivenFlag[];
  readonly args: readonly ShellWord[];
  /** Words may be missing in `flags` and `args`: the line holds something like `"$@"`. */
  readonly open: boolean;
  /** `--help`: nothing else counts. */
  readonly help: boolean;
  readonly faults: readonly Fault[];
}
