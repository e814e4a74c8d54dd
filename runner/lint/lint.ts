/**
 * The vocabulary of the linter: what a rule is, what it sees and what it answers. Types only. A rule sees a page: all shell
 * text of one file as commands with places in that file; how that text is parsed is the business of `shell/`.
 */
import type { Block, Chapter } from '../chapter/chapter.ts';
import type { LineMap } from '../text/position.ts';
import type { Problem, Severity } from '../text/text.ts';
import type { Contract } from './contract/contract.ts';
import type { ShellCommand, ShellScript } from './shell/shell.ts';

/** One file to lint. A script and a Markdown file without roles come as a chapter too, whose blocks are its shell text. */
export interface LintSource {
  readonly kind: 'chapter' | 'markdown' | 'script';
  readonly chapter: Chapter;
  /** The file as it is on disk. */
  readonly source: string;
}

/** The shell text of one block. */
export interface PageScript extends ShellScript {
  readonly block: Block;
}

/** A file as rules see it. */
export interface Page extends LintSource {
  readonly file: string;
  readonly lines: LineMap;
  /** In page order. */
  readonly scripts: readonly PageScript[];
  /** The commands of all scripts in the order of the page, nested ones included. */
  readonly commands: readonly ShellCommand[];
  /** Names of the shell functions that the page defines: such a name says nothing about the program. */
  readonly functions: ReadonlySet<string>;
}

/** What a rule knows besides its page. */
export interface LintContext {
  /** Every page of this call by file, so that a rule can follow `needs`. */
  readonly pages: ReadonlyMap<string, Page>;
  readonly contract: Contract;
  /** The text of a file of the repository; absent where there is none. */
  readonly readFile: (path: string) => string | undefined;
}

/** A replacement of a range of the file, in offsets. */
export interface Fix {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What a rule found, at a range of the file in offsets. */
export interface Finding {
  readonly code: string;
  readonly start: number;
  readonly end: number;
  /** What is wrong and why it matters, in one or two sentences. */
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
  /** Only where the replacement is surely what was meant. */
  readonly fix?: Fix;
}

/** A row of the table of rules. */
export interface Rule {
  /** `family:name`. */
  readonly code: string;
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters, in a few sentences. */
  readonly explanation: string;
  /** Shell text that is reported, and what to write instead. */
  readonly bad: string;
  readonly good: string;
}

/** Rules that share one look at the page. */
export interface Family {
  readonly rules: readonly Rule[];
  check(page: Page, context: LintContext): Iterable<Finding>;
}

/** A problem, with a fix where one is known. */
export interface LintProblem extends Problem {
  readonly fix?: Fix;
}
