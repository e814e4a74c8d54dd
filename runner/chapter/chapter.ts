/**
 * A parsed chapter: what is run, what is expected of it, and where each stands in the file. The next stages import
 * these types; the verb is `parseChapter`.
 */
import type { Expectation } from '../expectation/expectation.ts';
import type { Problem, Span } from '../text/text.ts';

/** A chapter's path, relative to the repository (or the current folder), with `/` between folders. */
export type ChapterId = string & { readonly __brand: 'ChapterId' };

/** A block's id, unique in its chapter: `#id` or `<section-slug>-<n>`. */
export type BlockId = string & { readonly __brand: 'BlockId' };

/** What a world can be asked for by `only=` and front matter `world:`. */
export type Capability = 'containers' | 'rbac' | 'network-policy' | 'hub-persistent';

/** Front matter under `mtx:`. Durations are in milliseconds. */
export interface ChapterMeta {
  /** Paths as written, relative to the chapter's folder. */
  readonly needs: readonly string[];
  /** Where each of `needs` stands in the file, in the same order. */
  readonly needSpans: readonly Span[];
  readonly timeoutMs: number;
  readonly requires: readonly ('cub' | 'kubectl')[];
  readonly env: Readonly<Record<string, string>>;
  /** Names of environment variables whose values are secrets. */
  readonly secrets: readonly string[];
  readonly world: 'any' | 'containers' | 'hub';
  /** Commands run once when the chapter fails, for the report. */
  readonly collect: readonly string[];
  /** Lint problems that the author knows of and wants. */
  readonly allow: readonly Suppression[];
  /** Where each of `allow` stands in the file, in the same order. */
  readonly allowSpans: readonly Span[];
}

/** One lint problem that shall not be reported: its code and the block that it stands in. */
export interface Suppression {
  readonly code: string;
  /** The block's id, without `#`. */
  readonly id: string;
  readonly reason: string;
}

interface BlockBase {
  readonly id: BlockId;
  /** The whole fence, marker lines included. */
  readonly span: Span;
  /** The fence's content in the file: what promote may rewrite. */
  readonly bodySpan: Span;
  readonly language: string;
  /** The content as CommonMark gives it, LF line ends, with a newline at the end unless empty. */
  readonly body: string;
  /** Source line (from 1) of each line of `body`: a failing line of a script is shown at its place in the chapter. */
  readonly bodyLines: readonly number[];
  /** Texts of the headings above, outermost first. */
  readonly headings: readonly string[];
}

/** Which stream an expectation reads. */
export type StreamName = 'stdout' | 'stderr' | 'both';

export interface ExpectBlock extends BlockBase {
  readonly kind: 'expect';
  readonly expectation: Expectation;
  readonly exit: number;
  readonly stream: StreamName;
  /** Poll until it holds, at most this long. Absent: one try. */
  readonly withinMs?: number;
  /** A fixed interval between tries; absent: 200 ms growing to 5 s. */
  readonly everyMs?: number;
  readonly only?: Capability;
}

export interface RunBlock extends BlockBase {
  readonly kind: 'run';
  readonly timeoutMs: number;
  readonly retry: boolean;
  readonly only?: Capability;
  /** In page order. All hold or the block fails. Empty: the block must exit 0. */
  readonly expectations: readonly ExpectBlock[];
}

export interface SetupBlock extends BlockBase {
  readonly kind: 'setup';
  readonly timeoutMs: number;
}

export interface CleanupBlock extends BlockBase {
  readonly kind: 'cleanup';
  readonly timeoutMs: number;
}

export type Readiness =
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'output'; readonly pattern: string };

export interface BackgroundBlock extends BlockBase {
  readonly kind: 'background';
  readonly ready: Readiness;
  /** How long it may take to become ready. */
  readonly timeoutMs: number;
}

export interface FileBlock extends BlockBase {
  readonly kind: 'file';
  /** Relative to the work folder, never outside it. */
  readonly path: string;
}

export interface ExcerptBlock extends BlockBase {
  readonly kind: 'excerpt';
  /** A file of the repository, relative to its root. */
  readonly of: string;
  /** 1-based, inclusive. */
  readonly lines?: { readonly from: number; readonly to: number };
}

export interface SkipBlock extends BlockBase {
  readonly kind: 'skip';
  readonly reason: string;
}

/** A block in page order. Expectations hang on their run. */
export type Block =
  | RunBlock
  | SetupBlock
  | CleanupBlock
  | BackgroundBlock
  | FileBlock
  | ExcerptBlock
  | SkipBlock;

export interface Chapter {
  readonly id: ChapterId;
  readonly file: string;
  readonly title: string;
  readonly summary: string;
  readonly meta: ChapterMeta;
  readonly blocks: readonly Block[];
}

/** `chapter` is what could be understood; it must not be run while `problems` holds an error. */
export interface ParsedChapter {
  readonly chapter: Chapter;
  /** False for Markdown that is none of ours: no chapter, and nothing in it looks as if it were meant to be one. */
  readonly isMeant: boolean;
  readonly problems: readonly Problem[];
}
