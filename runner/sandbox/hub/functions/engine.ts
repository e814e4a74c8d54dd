/**
 * Runs a sequence of functions on one unit's data. Each sees what the one before made; a function that fails becomes a
 * message and the next one runs. Data in which no value changed comes back byte for byte.
 */
import { notImplemented } from '../errors.ts';
import { checkArguments } from './arguments.ts';
import type { CheckedArgument } from './arguments.ts';
import { FunctionFailure } from './failure.ts';
import type {
  FunctionInvocation,
  FunctionRequest,
  FunctionResult,
  ResourceMutation,
  ValidationResult,
} from './functions.ts';
import type { Implementation } from './implementation.ts';
import type { ConfigDocument } from './nodes.ts';
import { addMutations } from './mutations.ts';
import { computeMutations } from './compute-mutations.ts';
import { addOutput } from './outputs.ts';
import type { Output } from './outputs.ts';
import { parseData, renderData, viewData } from './resource.ts';
import { signatureOf } from './signature.ts';
import type { Signature } from './signature.ts';
import { implementationOf } from './table.ts';

/** What has come of the sequence so far. */
interface State {
  data: string;
  output: Output | undefined;
  filtersLeft: number;
  readonly messages: string[];
  readonly mutators: number[];
  mutations: ResourceMutation[];
  failed: boolean;
}

/** Throws HubError: 400 if the data is no YAML, 501 for a function that this hub does not have. */
export function invokeFunctions(request: FunctionRequest): FunctionResult {
  const state: State = {
    data: request.data,
    output: undefined,
    filtersLeft: request.numFilters ?? 0,
    messages: [],
    mutators: [],
    mutations: [],
    failed: false,
  };
  for (const [index, invocation] of request.invocations.entries())
    if (!invokeNext(state, request, invocation, index)) break;
  return {
    data: state.data,
    output: state.output?.value ?? null,
    outputType: state.output?.type ?? '',
    mutations: state.mutations,
    mutators: state.mutators,
    success: !state.failed,
    messages: state.messages,
  };
}

/** Returns false if the sequence ends here. */
function invokeNext(
  state: State,
  request: FunctionRequest,
  invocation: FunctionInvocation,
  index: number,
): boolean {
  const fail = (message: string): boolean => {
    state.failed = true;
    state.messages.push(message);
    return request.stopOnError !== true;
  };
  const signature = signatureOf(invocation.FunctionName);
  if (signature === undefined) return fail(`invoke ${invocation.FunctionName}: function does not exist`);
  const isFilter = signature.Validating && state.filtersLeft > 0;
  if (isFilter) state.filtersLeft -= 1;
  const checked = attempt(() => checkArguments(invocation, signature, request.castStrings === true));
  if (checked.failure !== undefined) return fail(checked.failure.message);
  const run = runFunction(state.data, request, signature, checked.value ?? []);
  if (isFilter && run.failure === undefined && !(run.output as ValidationResult).Passed) return false;
  if (run.failure !== undefined && !fail(run.failure.message)) return false;
  if (signature.Mutating) takeOver(state, run, index);
  addToOutput(state, request, signature, run.output, index);
  return true;
}

interface Run {
  readonly documents: readonly ConfigDocument[];
  readonly output: unknown;
  readonly failure: FunctionFailure | undefined;
}

function runFunction(
  data: string,
  { context, liveState }: FunctionRequest,
  signature: Signature,
  given: readonly CheckedArgument[],
): Run {
  const implementation = requireImplementation(signature);
  const documents = signature.Mutating ? parseData(data) : viewData(data);
  const call = { signature, arguments: given, documents, context, liveState };
  const { value, failure } = attempt(() => implementation(call));
  return {
    documents,
    output: failure === undefined ? value : (failure.output ?? outputOfFailure(signature)),
    failure,
  };
}

function requireImplementation(signature: Signature): Implementation {
  const found = implementationOf(signature);
  if (found === undefined) throw notImplemented(`function ${signature.FunctionName}`);
  return found;
}

/** A function that only changed how the YAML is written has changed nothing. */
function takeOver(state: State, { documents }: Run, index: number): void {
  const after = renderData(documents);
  if (after === state.data) return;
  const before = viewData(state.data);
  const mutations = computeMutations(before, documents, index);
  if (!mutations.some(isChange) && after === renderData(before)) return;
  state.mutations = addMutations(state.mutations, mutations);
  state.mutators.push(index);
  state.data = after;
}

function isChange({ ResourceMutationInfo }: ResourceMutation): boolean {
  return ResourceMutationInfo.MutationType !== 'None';
}

function addToOutput(
  state: State,
  { context, combineResults }: FunctionRequest,
  { FunctionName: functionName, OutputInfo }: Signature,
  value: unknown,
  index: number,
): void {
  if (OutputInfo === null || value === undefined || value === null) return;
  const added = { functionName, index, unitId: context.unitId, combine: combineResults === true };
  state.output = addOutput(state.output, { ...added, value, type: OutputInfo.OutputType }, state.messages);
}

/** What a function says that failed before it could say anything. */
function outputOfFailure({ OutputInfo }: Signature): unknown {
  switch (OutputInfo?.OutputType) {
    case 'ValidationResult':
      return { Passed: false, Index: 0 };
    case 'AttributeValueList':
      return [];
    case 'YAML':
      return { Payload: '' };
    case undefined:
    default:
      return undefined;
  }
}

interface Attempt<T> {
  readonly value?: T;
  readonly failure?: FunctionFailure;
}

function attempt<T>(work: () => T): { value: T | undefined; failure: FunctionFailure | undefined } {
  const result: Attempt<T>[] = [];
  try {
    result.push({ value: work() });
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error;
    result.push({ failure: error });
  }
  return { value: result[0]?.value, failure: result[0]?.failure };
}
