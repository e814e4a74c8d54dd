/** The one error of the patch verbs, so that the API can tell a client's bad patch from a bug of its own. */

/**
 * Thrown for a patch that cannot be applied. `malformed`: the patch itself is wrong (400, the message is shown);
 * `failed`: a well-formed JSON patch that does not fit the object (the real server answers 422 "the server rejected our
 * request due to an error in our request" and keeps the message to itself).
 */
export class PatchError extends Error {
  readonly reason: 'malformed' | 'failed';

  constructor(reason: 'malformed' | 'failed', message: string) {
    super(message);
    this.name = 'PatchError';
    this.reason = reason;
  }
}
