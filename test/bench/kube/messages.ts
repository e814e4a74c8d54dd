/** What the bench and the emulator's process say to each other. Types only. */

/** Where it listens, sent once; and `at`, when it did, in milliseconds since 1970. */
export interface Place {
  readonly url: string;
  /** PEM text. */
  readonly authority: string;
  readonly token: string;
  readonly at: number;
}

/** What the process has used so far: CPU time in milliseconds, memory in MB now and at most. */
export interface Cost {
  readonly cpu: number;
  readonly resident: number;
  readonly most: number;
}
