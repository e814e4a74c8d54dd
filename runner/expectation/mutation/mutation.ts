/**
 * Changes that an expectation should notice. An expectation that accepts what is wrong is worse than none, because its
 * tick is believed; so each matcher has a generator of wrong outputs and wrong pages beside it. Types only.
 */
import type { Captures, Expectation, VaryingPart } from '../expectation.ts';

/** An expectation that held, and the output that it held for. */
export interface Recorded {
  readonly expectation: Expectation;
  readonly actual: string;
  /** Those bound before this expectation. */
  readonly captures: Captures;
  /** The parts of `actual` that stood in the place of captures, classes and elisions. */
  readonly varying: readonly VaryingPart[];
}

export interface Mutation {
  /** What `text` takes the place of: what the command printed, or what the page shows. */
  readonly side: 'output' | 'page';
  /** The same from run to run, so that a list of allowed survivors can name it: "drop line 2". */
  readonly name: string;
  /** What became of what: "`1/1` became `2/1`". Absent where the name says it all. */
  readonly detail?: string;
  /** 0-based line of the expected text that this is about; absent: all of it. */
  readonly line?: number;
  readonly text: string;
  /** Why it is right that the matcher accepts it; absent: it must not. */
  readonly allowed?: string;
}

/** The mutations of one side. */
export type Mutate = (recorded: Recorded) => readonly Mutation[];
