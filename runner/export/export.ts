/** A chapter as one bash script, for readers who want to download a lesson and run it. Types only; the verb is `exportScript`. */
import type { Capability, Chapter } from '../chapter/chapter.ts';
import type { Problem } from '../text/text.ts';

/** `structure` writes desired state to the hub, `deploy` makes it live, `all` is both and the clean-up. */
export type Phase = 'structure' | 'deploy' | 'all';

export interface ScriptRequest {
  /** What the chapter needs, in order, and the chapter last. With a phase other than `all`, the chapter alone. */
  readonly chapters: readonly Chapter[];
  readonly phase: Phase;
  /** The script's file name, for its own texts. */
  readonly name: string;
  /** What a world has where MTX_HAS does not say: blocks marked `only=` with something else are passed by. */
  readonly capabilities: readonly Capability[];
}

/** `text` must not be used while `problems` holds an error. */
export interface Script {
  readonly text: string;
  readonly problems: readonly Problem[];
}
