/** The filterable attributes of every entity type, as the server's documentation lists them. Data only. */
import type { AttributeType, EntityAttributes } from './where.ts';

const COMMON = { string: '', integer: '', uuid: 'OrganizationID', time: 'CreatedAt UpdatedAt' };
const NAMED = { string: 'Slug DisplayName', strings: 'Labels', uuid: 'SpaceID' };
const CALL = { string: 'FunctionName ToolchainType', uuid: 'BridgeWorkerID' };
const SPACE = { type: 'Space', by: 'SpaceID' };

/** By entity type, as in `EntityType`. */
export const ATTRIBUTES: Readonly<Record<string, EntityAttributes>> = {
  Unit: {
    attributes: list(COMMON, NAMED, {
      string: 'LastChangeDescription ToolchainType',
      integer:
        'HeadRevisionNum LastAppliedRevisionNum LiveRevisionNum PreviousLiveRevisionNum UpstreamRevisionNum',
      uuid: 'ChangeSetID SetID TargetID UnitID UpstreamOrganizationID UpstreamSpaceID UpstreamUnitID',
      time: 'LastActionAt',
      uuids: 'ApprovedBy',
      flags: 'ApplyGates',
    }),
    relations: {
      Space: SPACE,
      UpstreamUnit: { type: 'Unit', by: 'UpstreamUnitID' },
      UpstreamSpace: { type: 'Space', by: 'UpstreamSpaceID' },
      Target: { type: 'Target', by: 'TargetID' },
      ChangeSet: { type: 'ChangeSet', by: 'ChangeSetID' },
      Set: { type: 'Set', by: 'SetID' },
      HeadRevision: { type: 'Revision', by: 'HeadRevisionNum', how: 'number' },
      LiveRevision: { type: 'Revision', by: 'LiveRevisionNum', how: 'number' },
      LastAppliedRevision: { type: 'Revision', by: 'LastAppliedRevisionNum', how: 'number' },
      HeadMutation: { type: 'Mutation', by: 'HeadMutationNum', how: 'number' },
      LatestUnitEvent: { type: 'UnitEvent', by: 'UnitID', how: 'newest' },
    },
  },
  Space: { attributes: list(COMMON, NAMED), relations: {} },
  Revision: {
    attributes: list(COMMON, {
      string: 'Description Source UserAgent',
      integer: 'RevisionNum',
      uuid: 'RevisionID SpaceID UnitID UserID',
      time: 'LiveAt',
      uuids: 'ApprovedBy',
      flags: 'ApplyGates',
    }),
    relations: {
      Space: SPACE,
      Unit: { type: 'Unit', by: 'UnitID' },
      User: { type: 'User', by: 'UserID' },
    },
  },
  Mutation: {
    attributes: list(COMMON, {
      string: 'FunctionName',
      integer: 'MutationNum RestoredRevisionNum RevisionNum UpgradedFromUpstreamRevisionNum',
      uuid: 'InvocationID LinkID MutationID RevisionID SpaceID TriggerID UnitID',
    }),
    paths: { FunctionName: 'FunctionInvocation.FunctionName' },
    relations: {
      Space: SPACE,
      Unit: { type: 'Unit', by: 'UnitID' },
      Revision: { type: 'Revision', by: 'RevisionNum', how: 'number' },
      Link: { type: 'Link', by: 'LinkID' },
      Trigger: { type: 'Trigger', by: 'TriggerID' },
      Invocation: { type: 'Invocation', by: 'InvocationID' },
    },
  },
  UnitEvent: {
    attributes: list(COMMON, {
      string: 'Action Result Status',
      integer: 'RevisionNum',
      uuid: 'BridgeWorkerID QueuedOperationID SpaceID UnitEventID UnitID',
      time: 'StartedAt TerminatedAt',
    }),
    relations: { Space: SPACE, Unit: { type: 'Unit', by: 'UnitID' } },
  },
  Target: {
    attributes: list(COMMON, NAMED, {
      string: 'ProviderType ToolchainType',
      uuid: 'BridgeWorkerID TargetID',
    }),
    relations: { Space: SPACE, BridgeWorker: { type: 'BridgeWorker', by: 'BridgeWorkerID' } },
  },
  BridgeWorker: {
    attributes: list(COMMON, NAMED, { string: 'Condition', uuid: 'BridgeWorkerID UserID' }),
    relations: { Space: SPACE },
  },
  Link: {
    attributes: list(COMMON, NAMED, { uuid: 'FromUnitID LinkID ToSpaceID ToUnitID' }),
    relations: {
      Space: SPACE,
      FromUnit: { type: 'Unit', by: 'FromUnitID' },
      ToUnit: { type: 'Unit', by: 'ToUnitID' },
      ToSpace: { type: 'Space', by: 'ToSpaceID' },
    },
  },
  Filter: {
    attributes: list(COMMON, NAMED, {
      string: 'From ResourceType Where WhereData',
      uuid: 'FilterID FromSpaceID',
    }),
    relations: { Space: SPACE, FromSpace: { type: 'Space', by: 'FromSpaceID' } },
  },
  ChangeSet: {
    attributes: list(COMMON, NAMED, {
      string: 'Description',
      uuid: 'ChangeSetID EndTagID FilterID StartTagID',
    }),
    relations: {
      Space: SPACE,
      Filter: { type: 'Filter', by: 'FilterID' },
      StartTag: { type: 'Tag', by: 'StartTagID' },
      EndTag: { type: 'Tag', by: 'EndTagID' },
    },
  },
  Tag: { attributes: list(COMMON, NAMED, { uuid: 'TagID' }), relations: { Space: SPACE } },
  Trigger: {
    attributes: list(COMMON, NAMED, CALL, {
      string: 'Event',
      uuid: 'InvocationID TriggerID',
      boolean: 'Disabled Enforced Validating',
    }),
    relations: {
      Space: SPACE,
      BridgeWorker: { type: 'BridgeWorker', by: 'BridgeWorkerID' },
      Invocation: { type: 'Invocation', by: 'InvocationID' },
    },
  },
  Invocation: {
    attributes: list(COMMON, NAMED, CALL, { uuid: 'InvocationID' }),
    relations: { Space: SPACE },
  },
  Set: { attributes: list(COMMON, NAMED, { uuid: 'SetID' }), relations: { Space: SPACE } },
  View: {
    attributes: list(COMMON, NAMED, {
      string: 'GroupBy OrderBy OrderByDirection',
      uuid: 'FilterID ViewID',
    }),
    relations: { Space: SPACE, Filter: { type: 'Filter', by: 'FilterID' } },
  },
  Organization: {
    attributes: list(COMMON, {
      string: 'Slug DisplayName ExternalID',
      strings: 'Labels',
      uuid: 'BillingAccountID',
    }),
    relations: {},
  },
  User: {
    attributes: list(COMMON, { string: 'Slug DisplayName ExternalID Username', uuid: 'UserID' }),
    relations: {},
  },
};

function list(...groups: readonly Partial<Record<AttributeType, string>>[]): Record<string, AttributeType> {
  const result: Record<string, AttributeType> = {};
  for (const group of groups) {
    for (const [type, names] of Object.entries(group))
      for (const name of names.split(' ').filter(Boolean)) result[name] = type as AttributeType;
  }
  return result;
}
