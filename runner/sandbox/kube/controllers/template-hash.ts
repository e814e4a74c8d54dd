/**
 * The `pod-template-hash` of a ReplicaSet. Kubernetes hashes a dump of Go structs, which nobody else can repeat; ours
 * hashes the template's canonical JSON with the same function (32-bit FNV-1a) and writes it in the same alphabet.
 */
import { canonical } from './fields.ts';

const SAFE_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Same template and collision count, same hash. */
export function templateHash(template: unknown, collisionCount: number | undefined): string {
  let hash = 2_166_136_261;
  const source = canonical(template) + (collisionCount === undefined ? '' : String(collisionCount));
  for (const byte of new TextEncoder().encode(source)) hash = Math.imul(hash ^ byte, 16_777_619);
  return String(hash >>> 0).replaceAll(/\d/g, (digit) =>
    SAFE_ALPHABET.charAt(digit.charCodeAt(0) % SAFE_ALPHABET.length),
  );
}
