/** The one error of the patch verbs, so that the API can tell a client's bad patch from a bug of its own. */

/**
 * Why a patch cannot be applied. `malformed`: the patch itself is wrong (400, the message is shown); `failed`: a well-formed
 * JSON patch that does not fit the object (422 "the server rejected our request due to an error in our request", the message
 * is not shown); `contradictory`: a strategic patch that the type does not allow (the real server answers a plain 500).
 */
export type PatchFault = 'malformed' | 'failed' | 'contradictory';

/** Thrown for a patch that cannot be applied; nothing was. */
export class PatchError extends Error {
  readonly reason: PatchFault;

  constructor(reason: PatchFault, message: string) {
    super(message);
    this.name = 'PatchError';
    this.reason = reason;
  }
}
