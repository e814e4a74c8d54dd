/** What changed in configuration data and who brought it, with the wire's own names. Types only. */

/** Replace is a delete followed by an add; None says that nothing changed on this level. */
export type MutationType = 'None' | 'Add' | 'Update' | 'Replace' | 'Delete';

/** One change. `Value` is a YAML fragment: what is new, or for Delete what was there. */
export interface MutationInfo {
  readonly MutationType: MutationType;
  /** In a unit's sources the number of the mutation that wrote this last. */
  readonly Index: number;
  /** False where the last writer was local: an upgrade or a merge from elsewhere passes such a place by. */
  readonly Predicate: boolean;
  readonly Value: string;
}

/** Which resource: `ResourceType` is `<apiVersion>/<kind>`, `ResourceName` `<namespace>/<name>`. */
export interface ResourceInfo {
  readonly ResourceType: string;
  readonly ResourceName: string;
  readonly ResourceNameWithoutScope: string;
  readonly ResourceCategory: string;
}

type NameSet = Readonly<Record<string, Readonly<Record<string, never>>>>;

/** The changes to one resource; longer paths refine what shorter ones and the resource's own level say. */
export interface ResourceMutation {
  readonly Resource: ResourceInfo;
  readonly ResourceMutationInfo: MutationInfo;
  readonly PathMutationMap: Readonly<Record<string, MutationInfo>>;
  /** The names that the resource has and had, with and without namespace. */
  readonly Aliases: NameSet;
  readonly AliasesWithoutScopes: NameSet;
}

/** What a merge passed by because it was changed here: what upstream made of it, in the wire's words. */
export interface Conflict {
  readonly Resource: ResourceInfo;
  /** Empty for the whole resource. */
  readonly Path: string;
  readonly MutationType: MutationType;
  /** What upstream has now; empty for Delete. */
  readonly Value: string;
}
