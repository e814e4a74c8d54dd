/** Refusals: what the hub throws inside a request, so that the transaction rolls back and the client gets the status and text. */

/** `status` is the HTTP status; `message` is shown to the user as it is. */
export class HubError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** 400: the text is what a user needs to put it right. */
export function badRequest(message: string): HubError {
  return new HubError(400, message);
}

/** 404. */
export function notFound(message: string): HubError {
  return new HubError(404, message);
}

/** Something that ConfigHub has and this hub does not: named, never pretended. */
export function notImplemented(operation: string): HubError {
  return new HubError(501, `${operation} is not implemented in the embedded hub`);
}

/** The error inside one element of a bulk answer (ResponseError). Rethrows what is no refusal. */
export function toResponseError(
  error: unknown,
  type: string,
  id: string,
): { Message: string; Status: number; ErrorMetadata: { EntityType: string; EntityID: string } } {
  if (!(error instanceof HubError)) throw error;
  return { Message: error.message, Status: error.status, ErrorMetadata: { EntityType: type, EntityID: id } };
}
