/** What `create` and `update` of the kinds that work alike need to know besides the kind: words, flags, rules. */
import type { Entity, Invocation } from './cub.ts';
import type { Kind } from './kind.ts';

/** How many arguments a command for one entity takes, and the complaint about fewer. */
export interface Arguments {
  readonly least: number;
  /** More are refused too. */
  readonly exactly?: boolean;
  readonly complaint: string;
}

export interface Form {
  readonly kind: Kind;
  readonly create: Arguments;
  readonly update: Arguments;
  /** False if `--where` is a field of the entity and selects nothing in `create`. */
  readonly selectsByWhere?: boolean;
  /** Rules of the kind's own flags. */
  check?(call: Invocation): void;
  /** The fields that flags set, for one entity or many. */
  flagFields(call: Invocation): Promise<Entity>;
  /** The fields that the arguments after the name set. */
  wordFields?(call: Invocation, words: readonly string[]): Promise<Entity>;
}
