/** What the parts of a chain's execution share. Types only. */
import type { Block, CleanupBlock } from '../chapter/chapter.ts';
import type { Captures } from '../expectation/expectation.ts';
import type { Chain, PlannedChapter } from '../plan/plan.ts';
import type { World } from '../world/world.ts';
import type { ExecutionOptions } from './execution-options.ts';
import type { BlockResult } from './execution.ts';
import type { ChainFolders } from './folders.ts';
import type { Shell } from './shell/shell.ts';
import type { Watchdog } from './watchdog.ts';

/** One run of `execute`: what its chains share. */
export interface RunContext {
  readonly options: ExecutionOptions;
  readonly watchdog: Watchdog;
  /** Why the run is to start nothing new: interrupted, or failed with `bail`. Undefined while it goes on. */
  findStop(): string | undefined;
  /** Says that a block failed. */
  noteFailure(): void;
}

export interface ChainContext extends RunContext {
  readonly chain: Chain;
  readonly folders: ChainFolders;
  readonly world: World | undefined;
  /** Paths for the files of shells, without endings: unique in the chain. */
  readonly nextFile: () => string;
}

/** A clean-up that was reached, to be run at the end. */
export interface DueCleanup {
  readonly block: CleanupBlock;
  readonly timeoutMs: number;
}

/** A background block that was started. */
export interface Background {
  /** Its process group. */
  readonly group: number;
  /** Its new result if it was ready and has failed since. */
  readonly findFailure: () => BlockResult | undefined;
}

/** A chapter while it is executed; the fields that are not `readonly` change from block to block. */
export interface ChapterContext extends ChainContext {
  readonly planned: PlannedChapter;
  /** Masks these values too from now on. */
  addSecrets(values: readonly string[]): void;
  /** Which block each sourced file is. */
  readonly sources: Map<string, Block>;
  readonly backgrounds: Background[];
  /** In the order in which they were reached. */
  readonly cleanups: DueCleanup[];
  /** What outlived a shell although it had left its group, one line each. */
  readonly leaks: string[];
  /** The files that it left where its blocks say so, outside the work folder. */
  readonly findLeftPaths: () => readonly string[];
  /** The chapter's shell if it lives, else a new one that knows what the last one exported. */
  openShell(): Promise<Shell>;
  shell: Shell | undefined;
  captures: Captures;
  /** Makes a text fit to be seen: masks also what became secret a moment ago. */
  readonly clean: (text: string) => string;
  /** When the chapter's own time-out is up, in milliseconds since 1970. */
  deadline: number;
}
