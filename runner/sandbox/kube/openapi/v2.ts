/**
 * The answer to `/openapi/v2`, which kubectl only asks where `/openapi/v3` did not settle a matter. It must be there, as
 * protobuf and well-formed, or an unknown kind is reported as a failed download.
 */

/** The content type of `renderOpenapiV2`. */
export const openapiV2Type = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/** An `openapi.v2.Document` with `swagger`, `info`, empty `paths` and empty `definitions`. */
export function renderOpenapiV2(): Uint8Array {
  const text = (field: number, value: string): number[] =>
    message(field, [...new TextEncoder().encode(value)]);
  const info = [...text(1, 'Kubernetes'), ...text(2, 'unversioned')];
  return Uint8Array.from([...text(1, '2.0'), ...message(2, info), ...message(8, []), ...message(9, [])]);
}

/** A length-delimited field of fewer than 128 bytes. */
function message(field: number, content: readonly number[]): number[] {
  return [field * 8 + 2, content.length, ...content];
}
