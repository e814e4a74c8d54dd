/** What the command line gets from the process that it runs in. Only `bin.js` touches `process`; tests give their own. */

/** A place that text is written to. */
export interface TextStream {
  readonly isTTY: boolean;
  /** Width of the terminal in characters; 80 where there is none. */
  readonly columns: number;
  write(text: string): void;
}

export interface Host {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** An absolute path. */
  readonly cwd: string;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** The version of mtx-doc. */
  readonly version: string;
  /** True where a person types: the standard input is a terminal. */
  readonly interactive: boolean;
  /** Puts a question on the standard error stream and gives the line that is typed; '' at the end of the input. */
  ask(question: string): Promise<string>;
  /** Calls the listener with each key that is pressed (or each character that is piped in); returns the function that ends that. */
  onKey(listener: (key: string) => void): () => void;
  /** Calls the listener with each SIGINT, SIGTERM and SIGHUP; returns the function that ends that. */
  onInterrupt(listener: (signal: string) => void): () => void;
}
