/** Shell text as rules see it: commands made of words, wherever they stand, with places in the source file. Types only. */
import type { Redirection, Script, SyntaxNode } from 'unbash';

/** One argument, as the program would get it. */
export interface ShellWord {
  /** As written. */
  readonly text: string;
  /** The value; undefined if a part of it is only known when it runs. */
  readonly value: string | undefined;
  /** The value with `\u0000` for each unknown part. */
  readonly shape: string;
  /** It may become no word or several, for instance an unquoted `$FLAGS` or `"$@"`. */
  readonly many: boolean;
  /** It holds an unquoted `*`, `?` or `[…]`, which the shell replaces by names of files. */
  readonly glob: boolean;
  /** Offsets in the source file. */
  readonly start: number;
  readonly end: number;
}

/** One simple command: a program, builtin or function with its arguments. */
export interface ShellCommand {
  /** The program's name without its folder; undefined if it is unknown. */
  readonly name: string | undefined;
  /** The name and its arguments. */
  readonly words: readonly ShellWord[];
  readonly redirects: readonly Redirection[];
  /** The nodes around it, outermost first; empty for a command that another one runs (`xargs`, `bash -c`). */
  readonly parents: readonly SyntaxNode[];
  /** The program that runs it, such as `xargs` or `timeout`. */
  readonly via?: ShellCommand;
  /** Number of the script on its page, from 0. */
  readonly script: number;
  /** Offsets in the source file. */
  readonly start: number;
  readonly end: number;
}

/** A parsed shell text. */
export interface ShellScript {
  readonly text: string;
  readonly tree: Script;
  /** Places where bash would refuse it, as offsets in `text`. */
  readonly errors: readonly { readonly message: string; readonly pos: number }[];
  /** Offset in the source file of an offset in `text`. */
  readonly at: (offset: number) => number;
}
