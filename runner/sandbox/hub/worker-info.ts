/** What a worker says of itself when it connects: what it can reach and which functions it has. */
import type { WorkerInfo } from './entities.ts';
import { badRequest } from './errors.ts';
import { isSlug } from './fields.ts';
import { requireToolchain } from './toolchain.ts';
import { readWire } from './wire-type.ts';
import type { WireType } from './wire-type.ts';

const SIGNATURE: WireType = {
  fields: {
    FunctionName: 'text',
    Parameters: {
      list: {
        fields: {
          ParameterName: 'text',
          Description: 'text',
          Required: 'flag',
          DataType: 'text',
          Example: 'text',
          Regexp: 'text',
          Min: 'integer',
          Max: 'integer',
          EnumValues: { list: 'text' },
        },
      },
    },
    RequiredParameters: 'integer',
    VarArgs: 'flag',
    OutputInfo: { fields: { ResultName: 'text', Description: 'text', OutputType: 'text' } },
    Mutating: 'flag',
    Validating: 'flag',
    Hermetic: 'flag',
    Idempotent: 'flag',
    Description: 'text',
    FunctionType: 'text',
    AttributeName: 'text',
    AffectedResourceTypes: { list: 'text' },
  },
};

const INFO: WireType = {
  fields: {
    BridgeWorkerInfo: {
      fields: {
        SupportedConfigTypes: {
          list: {
            fields: {
              ToolchainType: 'text',
              ProviderType: 'text',
              AvailableTargets: { list: { fields: { Name: 'text', Params: { map: 'any' } } } },
            },
          },
        },
      },
    },
    FunctionWorkerInfo: { fields: { SupportedFunctions: { map: { map: SIGNATURE } } } },
  },
};

/** The info of a stream's body. Throws 400 for a wrong type, an unknown toolchain or a target name that is no slug. */
export function readWorkerInfo(body: unknown): WorkerInfo {
  const info = (readWire('the body', INFO, body) ?? {}) as WorkerInfo;
  for (const { ToolchainType, AvailableTargets = [] } of info.BridgeWorkerInfo?.SupportedConfigTypes ?? []) {
    requireToolchain(ToolchainType);
    for (const { Name = '' } of AvailableTargets)
      if (!isSlug(Name))
        throw badRequest(`target Name ${JSON.stringify(Name.slice(0, 140))} is not a valid name`);
  }
  return info;
}
