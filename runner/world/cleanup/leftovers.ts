/** What a prefix left in a hub and a cluster. Types only. */

/** An entity of the hub that is in one of the prefix's spaces. */
export interface Entity {
  /** As `cub` calls it: `unit`, `link` … */
  readonly kind: string;
  readonly slug: string;
  readonly space: string;
  /**
   * What a unit deployed may still be in the cluster. `live`: its worker answers and destroys it before the unit is
   * deleted; `stranded`: no worker answers any more, so it goes with its namespace or stays.
   */
  readonly deployed: 'no' | 'live' | 'stranded';
  /** A unit in an open changeset can be changed by nobody until it is taken out. */
  readonly isInChangeset: boolean;
}

/** A thing in the cluster that carries the prefix, or is bound to a namespace that does. */
export interface ClusterThing {
  /** As `kubectl` calls it: `namespace`, `clusterrolebinding`. */
  readonly kind: string;
  readonly name: string;
}

export interface Leftovers {
  /** Slugs of spaces. */
  readonly spaces: readonly string[];
  /** In the order in which they can be deleted. */
  readonly entities: readonly Entity[];
  readonly cluster: readonly ClusterThing[];
}
