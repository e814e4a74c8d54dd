/** A function that could not do its work: a message in the answer (HTTP 200), unlike HubError, which refuses the request. */
export class FunctionFailure extends Error {
  /** What the function has to say besides, e.g. which resources did not pass. */
  readonly output: unknown;

  constructor(message: string, output?: unknown) {
    super(message);
    this.output = output;
  }
}

/** Collects failures, since a function goes on with the other places that it has to visit. */
export class Failures {
  readonly #messages: string[] = [];

  /** Notes the FunctionFailure that `work` throws. */
  attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof FunctionFailure)) throw error;
      this.#messages.push(error.message);
    }
  }

  /** Throws all of them as one. */
  rethrow({ prefix = '', output }: { prefix?: string; output?: unknown } = {}): void {
    if (this.#messages.length > 0) throw new FunctionFailure(prefix + this.#messages.join('\n'), output);
  }
}
