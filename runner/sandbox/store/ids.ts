/** Names, ids and random numbers from a seed: the same seed gives the same pod names, UIDs and secrets. */

export interface Ids {
  /** A version 4 UUID. */
  uuid(): string;
  /** `length` characters of Kubernetes' safe alphabet (k8s.io/apimachinery/pkg/util/rand: no vowels, no 0, 1, 3). */
  suffix(length: number): string;
  /** `length` lower-case hexadecimal digits. */
  hex(length: number): string;
  /** 0 <= n < `below`. */
  integer(below: number): number;
  /** For one thing of that name, the next one at each call: what was drawn for others in between changes nothing. */
  for(name: string): Ids;
}

/** So many numbers are thrown away: the first ones of seeds that differ in one digit are alike. */
const WARM_UP = 12;
const SAFE_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Ids from `seed`. Each call moves the generator (xoshiro128**; statistical quality, no secrecy). */
export function seededIds(seed: string): Ids {
  const next = generator(seed);
  const counts = new Map<string, number>();
  const integer = (below: number): number => Math.floor((next() / 2 ** 32) * below);
  const pick = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet.charAt(integer(alphabet.length))).join('');
  const hex = (length: number): string => pick('0123456789abcdef', length);
  return {
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${pick('89ab', 1)}${hex(3)}-${hex(12)}`,
    suffix: (length) => pick(SAFE_ALPHABET, length),
    hex,
    integer,
    for: (name) => {
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      const own = seededIds(`${seed}/${name}#${count}`);
      own.hex(WARM_UP);
      return own;
    },
  };
}

function generator(seed: string): () => number {
  const state = new Uint32Array(4);
  let hash = 2_166_136_261;
  for (let slot = 0; slot < 4; slot += 1) {
    for (const character of `${slot}:${seed}`)
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
    state[slot] = hash ^ (hash >>> 15);
  }
  const at = (slot: number): number => state[slot] ?? 0;
  return () => {
    const result = Math.imul(rotate(Math.imul(at(1), 5), 7), 9) >>> 0;
    const shifted = at(1) << 9;
    state[2] = at(2) ^ at(0);
    state[3] = at(3) ^ at(1);
    state[1] = at(1) ^ at(2);
    state[0] = at(0) ^ at(3);
    state[2] = at(2) ^ shifted;
    state[3] = rotate(at(3), 11);
    return result;
  };
}

function rotate(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}
