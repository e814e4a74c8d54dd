/** What the API server, or the client before it asks, says no with. */

/** The API server refused; `reason` is the Status' reason (`Invalid`, `Forbidden` …) or empty, `message` its text. */
export class KubernetesRefusal extends Error {
  readonly code: number;
  readonly reason: string;

  constructor(code: number, reason: string, message: string) {
    super(message);
    this.code = code;
    this.reason = reason;
  }
}
