/** What triggers and invocations share: a function by name that must be in the registry, with its arguments. */
import { badRequest, notImplemented } from '../errors.ts';
import { checkArguments } from '../functions/arguments.ts';
import { FunctionFailure } from '../functions/failure.ts';
import { signatureOf } from '../functions/signature.ts';
import type { Signature } from '../functions/signature.ts';
import { implementationOf } from '../functions/table.ts';
import type { FunctionArgument } from '../named-entities.ts';
import type { NamedFields } from '../shapes.ts';

/** What a client writes of a stored call. */
export interface CallFields extends NamedFields {
  readonly ToolchainType: string;
  readonly FunctionName: string;
  readonly Arguments: readonly FunctionArgument[];
  readonly BridgeWorkerID: string | null;
}

/** Kinds of a stored call's fields. */
export const CALL_FIELDS = {
  ToolchainType: 'text',
  FunctionName: 'text',
  Arguments: 'arguments',
  BridgeWorkerID: 'id',
} as const;

/**
 * The function's signature. Throws 400 for an unknown function or toolchain and for arguments that the function would refuse
 * at every call, 501 for one that this hub does not have.
 */
export function checkStoredCall(fields: CallFields): Signature {
  const { ToolchainType, FunctionName, BridgeWorkerID } = fields;
  if (BridgeWorkerID !== null) throw notImplemented('a function that a worker executes');
  if (ToolchainType === 'OpenTofu/HCL' || ToolchainType === 'AppConfig/Properties')
    throw notImplemented(`toolchain ${ToolchainType}`);
  if (ToolchainType !== 'Kubernetes/YAML')
    throw badRequest(`unknown ToolchainType ${JSON.stringify(ToolchainType.slice(0, 80))}`);
  const signature = signatureOf(FunctionName);
  if (signature === undefined) throw badRequest(`function ${FunctionName} does not exist`);
  if (implementationOf(signature) === undefined) throw notImplemented(`function ${FunctionName}`);
  refuseArguments(fields, signature);
  return signature;
}

function refuseArguments(call: CallFields, signature: Signature): void {
  try {
    checkArguments(call, signature, true);
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    throw badRequest(`function ${call.FunctionName}: ${error.message}`);
  }
}
