/**
 * What the sandbox knows of container images. An image is data: which tags exist, what its process writes, where it
 * listens and what answers there. An image that is not listed is one that no registry has.
 */

export interface CatalogueImage {
  /** Normalised, without tag: `docker.io/library/nginx`. */
  readonly repository: string;
  /** Why these tags, and how far the behaviour below follows the real image. */
  readonly note: string;
  readonly tags: Readonly<Record<string, ImageTag>>;
  /** Milliseconds that a pull takes in life. */
  readonly pullMs: number;
  /** The user in the image's configuration: 0 is root. */
  readonly user: number;
  readonly process: ImageProcess;
}

export interface ImageTag {
  readonly bytes: number;
  /** `sha256:…`, where the image is also known by its digest. */
  readonly digest?: string;
}

export type ImageProcess = ServerProcess | { readonly kind: 'shell' | 'idle' | 'program' };

/** A process that starts up, listens and answers until it is stopped. */
export interface ServerProcess {
  readonly kind: 'server';
  /** Milliseconds of life from the container's start until it listens. */
  readonly startMs: number;
  /** Milliseconds from SIGTERM to exit, and the exit code then. */
  readonly stopMs: number;
  readonly stopCode: number;
  readonly variables: readonly ImageVariable[];
  readonly listeners: readonly ImageListener[];
  readonly lines: readonly ImageLine[];
  /** What happens when the container does not run as root; absent: nothing special. */
  readonly withoutRoot?: ProcessFailure;
}

export interface ImageVariable {
  readonly name: string;
  /** What the process uses without it; absent: nothing. */
  readonly otherwise?: string;
  readonly use: string;
  /** A regular expression for the whole value. */
  readonly accepts?: string;
  /** How a value that is not accepted fails; `{value}` stands for it. */
  readonly failure?: ProcessFailure;
}

export interface ProcessFailure {
  readonly afterMs: number;
  readonly code: number;
  readonly lines: readonly string[];
}

export interface ImageListener {
  /** A port, or the name of the variable that holds it. */
  readonly port: number | string;
  readonly paths: Readonly<Record<string, Answer>>;
  /** The answer on every other path. */
  readonly otherwise: Answer;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A log line; `{NAME}` stands for a variable's value. */
export interface ImageLine {
  readonly afterMs: number;
  readonly text: string;
}

/** What one container's process will do, decided at its start from image, command and environment. Times in life. */
export interface ProcessPlan {
  readonly lines: readonly ImageLine[];
  readonly listeners: readonly PlannedListener[];
  /** It ends by itself. */
  readonly end?: { readonly afterMs: number; readonly code: number };
  /** Undefined: it ignores SIGTERM and is killed when the grace period is over. */
  readonly stop: { readonly afterMs: number; readonly code: number } | undefined;
  /** Files that it makes and removes, for `cat` and `test` in exec probes. */
  readonly files: readonly PlannedFile[];
}

export interface PlannedListener {
  readonly port: number;
  readonly afterMs: number;
  readonly paths: Readonly<Record<string, Answer>>;
  readonly otherwise: Answer;
}

export interface PlannedFile {
  readonly path: string;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A container as its process sees it. `command` and `args` are empty where the image's own apply. */
export interface ProcessStart {
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: number;
}
