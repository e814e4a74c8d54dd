/** What a worker may not send, and what it is told. Data only. */

const offer = (type: object): object => ({ BridgeWorkerInfo: { SupportedConfigTypes: [type] } });
const target = (fields: object): object =>
  offer({ ToolchainType: 'Kubernetes/YAML', ProviderType: 'Kubernetes', AvailableTargets: [fields] });
const signature = (fields: object): object => ({
  FunctionWorkerInfo: { SupportedFunctions: { 'Kubernetes/YAML': { f: fields } } },
});
const TYPES = 'the body.BridgeWorkerInfo.SupportedConfigTypes';
const SIGNATURE = 'the body.FunctionWorkerInfo.SupportedFunctions.Kubernetes/YAML.f';

/** Bodies of a stream with the refusal. */
export const STREAM_REFUSALS: readonly (readonly [unknown, string])[] = [
  [[], 'the body must be an object'],
  ['"x"', 'the body must be an object'],
  [{ BridgeWorkerInfo: 5 }, 'the body.BridgeWorkerInfo must be an object'],
  [{ BridgeWorkerInfo: { SupportedConfigTypes: {} } }, `${TYPES} must be a list`],
  [{ BridgeWorkerInfo: { SupportedConfigTypes: [5] } }, `${TYPES}[0] must be an object`],
  [offer({ ToolchainType: 5 }), `${TYPES}[0].ToolchainType must be a string`],
  [offer({ ToolchainType: 'Nope' }), 'unknown ToolchainType "Nope"'],
  [offer({}), 'unknown ToolchainType ""'],
  [target({ Name: 5 }), `${TYPES}[0].AvailableTargets[0].Name must be a string`],
  [target({ Name: 'A B/ c' }), 'target Name "A B/ c" is not a valid name'],
  [target({}), 'target Name "" is not a valid name'],
  [target({ Name: 't', Params: 5 }), `${TYPES}[0].AvailableTargets[0].Params must be an object`],
  [target({ Name: 't', Params: [] }), `${TYPES}[0].AvailableTargets[0].Params must be an object`],
  [{ FunctionWorkerInfo: [] }, 'the body.FunctionWorkerInfo must be an object'],
  [
    { FunctionWorkerInfo: { SupportedFunctions: { x: 5 } } },
    'the body.FunctionWorkerInfo.SupportedFunctions.x must be an object',
  ],
  [signature({ RequiredParameters: 1.5 }), `${SIGNATURE}.RequiredParameters must be an integer`],
  [signature({ Mutating: 'yes' }), `${SIGNATURE}.Mutating must be true or false`],
  [signature({ Parameters: [{ Min: '1' }] }), `${SIGNATURE}.Parameters[0].Min must be an integer`],
  [signature({ AffectedResourceTypes: [5] }), `${SIGNATURE}.AffectedResourceTypes[0] must be a string`],
];

/** Changes to a true first result of an apply (Progressing, None), with the refusal. */
export const RESULT_REFUSALS: readonly (readonly [object, string])[] = [
  [{ Action: 5 }, 'the body.Action must be a string'],
  [{ Action: undefined }, 'a result needs an Action'],
  [{ Message: 5 }, 'the body.Message must be a string'],
  [{ Result: 5 }, 'the body.Result must be a string'],
  [{ RevisionNum: '1' }, 'the body.RevisionNum must be an integer'],
  [{ SpaceID: 'zz' }, 'the body.SpaceID must be a UUID'],
  [{ StartedAt: 'yesterday' }, 'the body.StartedAt must be an RFC 3339 time'],
  [{ TerminatedAt: '2026-01-01' }, 'the body.TerminatedAt must be an RFC 3339 time'],
  [{ LiveState: '@@@' }, 'the body.LiveState must be base64 of UTF-8 text'],
  [{ LiveState: 5 }, 'the body.LiveState must be base64 of UTF-8 text'],
  [{ Status: 'Splendid' }, 'Status is no action status'],
  [{ Status: undefined }, 'Status is no action status'],
  [{ Action: 'Refresh' }, 'operation {operation} is of action Apply, not Refresh'],
  [
    { Action: 'Destroy', Result: 'DestroyCompleted', Status: 'Completed' },
    'operation {operation} is of action Apply, not Destroy',
  ],
  [
    { Result: 'DestroyCompleted', Status: 'Completed' },
    'Result of Apply must be ApplyCompleted while Status is Completed',
  ],
  [
    { Result: 'ApplyFailed', Status: 'Completed' },
    'Result of Apply must be ApplyCompleted while Status is Completed',
  ],
  [{ Status: 'Completed' }, 'Result of Apply must be ApplyCompleted while Status is Completed'],
  [
    { Result: 'ApplyCompleted', Status: 'Failed' },
    'Result of Apply must be ApplyFailed or ApplyWaitFailed while Status is Failed',
  ],
  [{ Result: 'ApplyCompleted' }, 'Result of Apply must be None while Status is Progressing'],
];
