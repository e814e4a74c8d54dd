/** What the commands that work alike for many kinds of entity need to know of each kind. */
import type { Entity, Invocation, SelectedSpace } from './cub.ts';

export interface Kind {
  /** In messages: `Successfully created <word> …`. */
  readonly word: string;
  /** In messages about deletion. */
  readonly deletedWord?: string;
  /** In the URL. */
  readonly segment: string;
  /** The struct, and the field of the extended wrapper that holds it. */
  readonly shape: string;
  readonly id: string;
  /** Related entities that a list brings along. */
  readonly include: string;
  /** The flag that names entities for bulk work. */
  readonly flag: string;
  /** The attribute that the names of that flag are compared with. */
  readonly nameAttribute?: string;
  /** Which field of the space an unknown name is reported with. */
  readonly missingIn: keyof SelectedSpace;
  /** The columns of a list, as fields: they decide what is retrieved. */
  readonly columns: readonly string[];
  readonly base?: readonly string[];
  readonly header: readonly string[];
  row(item: Entity, call: Invocation): readonly string[];
  /** Rows of `get`. */
  details(entity: Entity): readonly (readonly [string, string])[];
  /** True if `get --json` prints the wrapper. */
  readonly showsExtended?: boolean;
  /** True if `list --json` prints no wrappers. */
  readonly listsBare?: boolean;
}

/** The struct of the wrapper. */
export function extendedShape(kind: Kind): string {
  return `Extended${kind.shape}`;
}
