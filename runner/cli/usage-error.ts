/** A mistake in what was typed: the command line prints it with its hint, without a stack, and ends with 2. */
export class UsageError extends Error {
  /** What to type instead, in one sentence. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}
