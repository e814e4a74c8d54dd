/** The small entities that people name and that carry no data of their own, with the wire's names and shapes. Types only. */
import type { NamedEntity } from './entities.ts';

/** `FromUnitID` needs what `ToUnitID` provides; the link lives in the space of the needing unit. */
export interface Link extends NamedEntity {
  readonly LinkID: string;
  readonly FromUnitID: string;
  readonly ToUnitID: string;
  readonly ToSpaceID: string;
}

/** A saved where expression over entities of type `From`; `WhereData` and `ResourceType` only for units. */
export interface Filter extends NamedEntity {
  readonly FilterID: string;
  readonly From: string;
  readonly FromSpaceID: string | null;
  readonly Where: string;
  readonly WhereData: string;
  readonly ResourceType: string;
  /** SHA-256 of the parameters as hexadecimal. */
  readonly Hash: string;
}

/** A group of changes to several units, held between two tags on each of them. */
export interface ChangeSet extends NamedEntity {
  readonly ChangeSetID: string;
  readonly FilterID: string | null;
  readonly StartTagID: string | null;
  /** Null until the first unit leaves the changeset. */
  readonly EndTagID: string | null;
  readonly Description: string;
}

/** A name for revisions; which ones carry it is in `Revision.Tags`. */
export interface Tag extends NamedEntity {
  readonly TagID: string;
}

/** An argument of a function as clients send it. */
export interface FunctionArgument {
  readonly ParameterName?: string;
  readonly Value: unknown;
}

/** What triggers and invocations have in common: one function with its arguments. */
interface StoredCall extends NamedEntity {
  readonly ToolchainType: string;
  readonly FunctionName: string;
  readonly Arguments: readonly FunctionArgument[];
  readonly BridgeWorkerID: string | null;
}

/** A function call that has a name. */
export interface Invocation extends StoredCall {
  readonly InvocationID: string;
  readonly Hash: string;
}

/** When a trigger runs: after each change of data, on what is to be cloned, on a new clone. */
export type TriggerEvent = 'Mutation' | 'PreClone' | 'PostClone';

/** A function that the hub calls by itself for the units of the trigger's space. */
export interface Trigger extends StoredCall {
  readonly TriggerID: string;
  readonly Event: TriggerEvent;
  /** From the function's signature: a validating one sets gates, any other changes the data. */
  readonly Validating: boolean;
  readonly Disabled: boolean;
  readonly Enforced: boolean;
  readonly InvocationID: string | null;
}

/** A group of units of one space. */
export interface UnitSet extends NamedEntity {
  readonly SetID: string;
}

/** How a client may show what a filter selects. */
export interface View extends NamedEntity {
  readonly ViewID: string;
  readonly FilterID: string;
  readonly Columns: readonly { readonly Name: string }[];
  readonly GroupBy: string;
  readonly OrderBy: string;
  readonly OrderByDirection: string;
}

/** The value that a link put at one path of a unit: kept so that it can follow its provider. Never on the wire. */
export interface LinkFill {
  readonly LinkID: string;
  readonly UnitID: string;
  readonly ResourceType: string;
  readonly ResourceName: string;
  /** Dotted, with array indexes. */
  readonly Path: string;
  readonly ProvidedType: string;
  readonly Value: string;
}
