/** The one way in which a world says that it cannot be opened: cause and remedy. The command line answers with exit code 3. */
export class WorldNotReady extends Error {
  /** What to do about it, in one sentence. */
  readonly remedy: string;

  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.remedy = remedy;
  }
}
