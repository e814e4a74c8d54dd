/** The signatures of the registry's functions, which clients need to build their commands. Invoking one is refused by name. */
import type { Route } from '../http/route.ts';
import type { Answer, Call, Handler, HubContext } from './context.ts';
import registry from './data/functions.json' with { type: 'json' };
import { requireSpace } from './entity.ts';
import { notImplemented } from './errors.ts';
import { readObject } from './fields.ts';
import { ok } from './reply.ts';

interface RegistryEntry {
  readonly parameters: readonly {
    readonly name: string;
    readonly type: string;
    readonly required: boolean;
  }[];
  readonly mutating?: boolean;
  readonly validating?: boolean;
  readonly varArgs?: boolean;
}

const TOOLCHAIN = 'Kubernetes/YAML';
const REGISTRY: Readonly<Record<string, RegistryEntry>> = registry;

/** `GET …/function` and the refused `…/function/invoke`. */
export const functionRoutes: readonly Route<Handler>[] = [
  { method: 'GET', path: '/function', handler: () => ok(signatures()) },
  {
    method: 'GET',
    path: '/space/:space/function',
    handler: (hub, call) => {
      requireSpace(hub, call);
      return ok(signatures());
    },
  },
  { method: 'POST', path: '/function/invoke', handler: refuseInvocation },
  { method: 'POST', path: '/space/:space/function/invoke', handler: refuseInvocation },
];

function signatures(): object {
  return {
    [TOOLCHAIN]: Object.fromEntries(
      Object.entries(REGISTRY).map(([name, entry]) => [name, signature(name, entry)]),
    ),
  };
}

function signature(name: string, entry: RegistryEntry): object {
  return {
    FunctionName: name,
    Parameters: entry.parameters.map((parameter) => ({
      ParameterName: parameter.name,
      Description: '',
      Required: parameter.required,
      DataType: parameter.type,
    })),
    RequiredParameters: entry.parameters.filter(({ required }) => required).length,
    VarArgs: entry.varArgs ?? false,
    Mutating: entry.mutating ?? false,
    Validating: entry.validating ?? false,
    Hermetic: true,
    Idempotent: true,
    Description: '',
    FunctionType: 'Custom',
  };
}

function refuseInvocation(_: HubContext, call: Call): Answer {
  const invocations = readObject(call.body)['FunctionInvocations'];
  const names = (Array.isArray(invocations) ? invocations : []).map((invocation) =>
    String(readObject(invocation)['FunctionName']),
  );
  throw notImplemented(`function ${names.join(', ')}`.trim());
}
