/** What clients may write, per entity, and the types of what `mergeFields` makes of it. */
import type { StringMap } from './entities.ts';
import type { FieldKind, Shape } from './fields.ts';

/** What a client writes of a space or a worker. */
export interface NamedFields {
  readonly Slug: string;
  readonly DisplayName: string;
  readonly Labels: StringMap;
  readonly Annotations: StringMap;
}

/** What a client writes of a unit. */
export interface UnitFields extends NamedFields {
  readonly ToolchainType: string;
  readonly Data: string;
  readonly TargetID: string | null;
  readonly SetID: string | null;
  readonly ChangeSetID: string | null;
  readonly LastChangeDescription: string;
}

/** What a client writes of a target. */
export interface TargetFields extends NamedFields {
  readonly BridgeWorkerID: string | null;
  readonly ProviderType: string;
  readonly ToolchainType: string;
  readonly Parameters: string;
}

/** The writable fields of everything that has a name. */
export const NAMED: Readonly<Record<keyof NamedFields, FieldKind>> = {
  Slug: 'slug',
  DisplayName: 'text',
  Labels: 'strings',
  Annotations: 'strings',
};

/** Fields of a Space. */
export const SPACE_SHAPE: Shape<NamedFields> = { type: 'Space', writable: NAMED, ignored: '' };

/** Fields of a Unit. */
export const UNIT_SHAPE: Shape<UnitFields> = {
  type: 'Unit',
  writable: {
    ...NAMED,
    ToolchainType: 'text',
    Data: 'data',
    TargetID: 'id',
    SetID: 'id',
    ChangeSetID: 'id',
    LastChangeDescription: 'text',
  },
  ignored:
    'UnitID UpstreamUnitID UpstreamSpaceID UpstreamOrganizationID UpstreamRevisionNum HeadRevisionNum HeadMutationNum ' +
    'LastAppliedRevisionNum LiveRevisionNum PreviousLiveRevisionNum MutationSources ApplyGates ApprovedBy ContentHash ' +
    'LiveState Outputs LastActionAt',
  unimplemented: 'DeleteGates DestroyGates',
};

/** Fields of a Target. */
export const TARGET_SHAPE: Shape<TargetFields> = {
  type: 'Target',
  writable: {
    ...NAMED,
    BridgeWorkerID: 'id',
    ProviderType: 'text',
    ToolchainType: 'text',
    Parameters: 'json',
  },
  ignored: 'TargetID',
};

/** Fields of a BridgeWorker. */
export const WORKER_SHAPE: Shape<NamedFields> = {
  type: 'BridgeWorker',
  writable: NAMED,
  ignored: 'BridgeWorkerID Secret Condition LastSeenAt LastMessage IPAddress ProvidedInfo UserID',
};
