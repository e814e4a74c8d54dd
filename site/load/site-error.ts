/** Why a site cannot be built, for the person who asked for it: printed with its remedy, without a stack. */
export class SiteError extends Error {
  /** What to do, in one sentence. */
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}
