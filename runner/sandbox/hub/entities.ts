/**
 * What the hub keeps and shows, with the wire's own names and shapes (PascalCase keys, UUID texts, RFC 3339 times, base64 data).
 * Types only. Clients crash on a null `MutationSources`, `FunctionInvocation` or `ProvidedResource`, so those are never null here.
 */

import type { Conflict, ResourceMutation } from './merge/mutation.ts';

/** What every entity has. `OrganizationID` and all times are set by the hub. */
export interface Entity {
  readonly OrganizationID: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  /** The optimistic lock: a PUT must send the value that it read. */
  readonly Version: number;
  readonly EntityType: string;
}

export type StringMap = Readonly<Record<string, string>>;

/** Entities that people name: `Slug` is unique in its space. */
export interface NamedEntity extends Entity {
  readonly SpaceID: string;
  readonly Slug: string;
  readonly DisplayName: string;
  readonly Labels: StringMap;
  readonly Annotations: StringMap;
}

/** `SpaceID` is its own id. */
export type Space = NamedEntity;

/** Revision numbers count from 1 per unit; 0 means "none yet". `Data`, `LiveState`, `Outputs` are base64. */
export interface Unit extends NamedEntity {
  readonly UnitID: string;
  readonly ToolchainType: string;
  readonly Data: string;
  readonly TargetID: string | null;
  readonly SetID: string | null;
  /** The open changeset that the unit is in: its data changes only as part of it. */
  readonly ChangeSetID: string | null;
  readonly LastChangeDescription: string;
  readonly UpstreamUnitID: string | null;
  readonly UpstreamSpaceID: string | null;
  readonly UpstreamOrganizationID: string | null;
  readonly UpstreamRevisionNum: number;
  readonly HeadRevisionNum: number;
  readonly HeadMutationNum: number;
  readonly LastAppliedRevisionNum: number;
  readonly LiveRevisionNum: number;
  readonly PreviousLiveRevisionNum: number;
  readonly MutationSources: readonly ResourceMutation[];
  readonly ApplyGates: Readonly<Record<string, boolean>>;
  readonly ApprovedBy: readonly string[];
  /** CRC-32 (IEEE) of the data as a signed 32-bit number. */
  readonly ContentHash: number;
  readonly LiveState: string;
  readonly Outputs: string;
  /** When the last apply, destroy or refresh was queued; the zero time before. Filterable, not in the August contract's entity. */
  readonly LastActionAt: string;
}

/** The data of a unit at one time, with who, when and why. `LiveAt` is the zero time if it never was live. */
export interface Revision extends Entity {
  readonly RevisionID: string;
  readonly RevisionNum: number;
  readonly UnitID: string;
  readonly SpaceID: string;
  readonly Data: string;
  readonly Description: string;
  readonly Source: string;
  readonly LiveAt: string;
  readonly UserID: string;
  readonly UserAgent: string;
  readonly ApplyGates: Readonly<Record<string, boolean>>;
  readonly ApprovedBy: readonly string[];
  readonly MutationSources: readonly ResourceMutation[];
  readonly ContentHash: number;
  readonly Tags: StringMap;
  /** Not of the original: those of its mutation, for readers of the history. */
  readonly Conflicts: readonly Conflict[];
}

/** What made a revision: a function, a link, a restore, an upgrade, or (all of them empty) new data. */
export interface Mutation extends Entity {
  readonly MutationID: string;
  readonly MutationNum: number;
  readonly RevisionID: string;
  readonly RevisionNum: number;
  readonly UnitID: string;
  readonly SpaceID: string;
  readonly FunctionInvocation: { readonly FunctionName: string; readonly Arguments: readonly unknown[] };
  readonly ProvidedResource: StringMap;
  readonly ProvidedPath: string;
  readonly LinkID: string | null;
  readonly TriggerID: string | null;
  readonly InvocationID: string | null;
  /** Not of the original: what upstream changed and a merge left as it was here. */
  readonly Conflicts: readonly Conflict[];
  readonly RestoredRevisionNum: number;
  readonly UpgradedFromUpstreamRevisionNum: number;
}

/** What can be done to a unit by its worker. */
export type Action = 'Apply' | 'Destroy' | 'Refresh' | 'Import';

/** Completed, Failed and Canceled are final. */
export type ActionStatus =
  | 'None'
  | 'Pending'
  | 'Submitted'
  | 'Progressing'
  | 'Completed'
  | 'Failed'
  | 'Canceled';

/** One line per operation: it is made when the operation is queued and then moved by the worker's results. */
export interface UnitEvent extends Entity {
  readonly UnitEventID: string;
  readonly UnitID: string;
  readonly SpaceID: string;
  readonly QueuedOperationID: string;
  readonly RevisionNum: number;
  readonly Action: Action;
  readonly Result: string;
  readonly Status: ActionStatus;
  readonly Message: string;
  readonly StartedAt: string;
  readonly TerminatedAt: string | null;
  readonly BridgeWorkerID: string | null;
}

/** The queue entry behind a unit event; a worker gets it when the unit's earlier ones have ended. */
export interface QueuedOperation extends Entity {
  readonly QueuedOperationID: string;
  readonly UnitID: string;
  readonly SpaceID: string;
  readonly TargetID: string;
  readonly BridgeWorkerID: string;
  readonly Action: Action;
  readonly RevisionNum: number;
  readonly Status: ActionStatus;
  readonly ExtraParams: string;
}

/** A place to apply to, reached by one worker. */
export interface Target extends NamedEntity {
  readonly TargetID: string;
  readonly BridgeWorkerID: string;
  readonly ProviderType: string;
  readonly ToolchainType: string;
  /** A JSON document as text. */
  readonly Parameters: string;
}

/** Unresponsive: connected, but answering no heartbeats. */
export type WorkerCondition = 'Ready' | 'Unresponsive' | 'Disconnected';

/** What a worker can reach and do, by its own words. */
export interface WorkerInfo {
  readonly BridgeWorkerInfo?: {
    readonly SupportedConfigTypes?: readonly {
      readonly ToolchainType: string;
      readonly ProviderType?: string;
      readonly AvailableTargets?: readonly { readonly Name: string; readonly Params?: object }[];
    }[];
  };
  readonly FunctionWorkerInfo?: { readonly SupportedFunctions?: object };
}

/** `ProvidedInfo` is what the worker said about itself when it last connected. */
export interface BridgeWorker extends NamedEntity {
  readonly BridgeWorkerID: string;
  readonly Secret: string;
  readonly Condition: WorkerCondition;
  readonly LastSeenAt: string;
  readonly LastMessage: string;
  readonly IPAddress: string;
  readonly ProvidedInfo: WorkerInfo | null;
  readonly UserID: string | null;
}

/** One change of a worker's condition. */
export interface BridgeWorkerStatus {
  readonly BridgeWorkerStatusID: string;
  readonly BridgeWorkerID: string;
  readonly BridgeWorkerSlug: string;
  readonly OrganizationID: string;
  readonly SpaceID: string;
  readonly Status: WorkerCondition;
  readonly SeenAt: string;
  readonly IPAddress: string;
}

/** There is one per hub. */
export interface Organization extends Entity {
  readonly Slug: string;
  readonly DisplayName: string;
  readonly ExternalID: string;
}

/** There is one per hub; an `Entity` but for the organization. */
export interface User {
  readonly UserID: string;
  readonly Slug: string;
  readonly DisplayName: string;
  readonly ExternalID: string;
  readonly Username: string;
  readonly ProfilePictureURL: string;
  readonly CreatedAt: string;
  readonly UpdatedAt: string;
  readonly Version: number;
  readonly EntityType: string;
}
