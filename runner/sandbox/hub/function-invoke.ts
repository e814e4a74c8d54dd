/**
 * Calling functions on units: on those that the where expression selects, or on one. What the functions change becomes a
 * revision with one mutation per function; a call that changes nothing, a dry run or an older revision stores nothing.
 */
import type { Call, HubContext, HubCore } from './context.ts';
import type { Revision, Unit } from './entities.ts';
import { requireEntity } from './entity.ts';
import { badRequest, notImplemented, toResponseError } from './errors.ts';
import { readObject } from './fields.ts';
import { readFlag } from './flags.ts';
import { readCalls } from './functions/read-calls.ts';
import { invokeFunctions } from './functions/engine.ts';
import type { FunctionContext, FunctionRequest, FunctionResult } from './functions/functions.ts';
import { numberedKey, recordData } from './history.ts';
import { bySlug, selectEntities } from './select.ts';
import { decodeText, encodeText } from './text-codec.ts';
import { isUuid } from './uuid.ts';
import { readWire } from './wire-type.ts';
import type { WireType } from './wire-type.ts';

const NO_REVISION = '00000000-0000-0000-0000-000000000000';

/**
 * The answer's elements: one FunctionInvocationsResponse per selected unit. A unit that refuses its change says so in its
 * own. Throws 400 if all refuse, and 400 and 501 for calls that no unit can have.
 */
export function invokeOnUnits(hub: HubContext, call: Call, spaceId: string | undefined): object[] {
  const options = readOptions(call);
  const revision = selectedRevision(hub, call, spaceId);
  const units =
    revision === undefined
      ? chosenUnits(hub, call, spaceId)
      : [requireEntity(hub.tables.Unit, 'Unit', revision.UnitID, spaceId)];
  const isDry = readFlag(call.query, 'dry_run') || revision !== undefined;
  const refusals: unknown[] = [];
  const elements = units.map((unit) => {
    const data = decodeText(revision?.Data ?? unit.Data) ?? '';
    const result = invokeFunctions({
      ...options.request,
      context: functionContext(hub, unit),
      data,
      liveState: decodeText(unit.LiveState) ?? '',
    });
    try {
      return hub.store.transaction(() => {
        const after = isDry || !result.success ? unit : record(hub, call, unit, options, result);
        return describe(hub, after, after.HeadRevisionNum !== unit.HeadRevisionNum, result);
      });
    } catch (error) {
      refusals.push(error);
      const told = toResponseError(error, 'Unit', unit.UnitID);
      return { ...describe(hub, unit, false, nothingFrom(data)), Error: told };
    }
  });
  if (refusals.length > 0 && refusals.length === units.length) throw refusals[0];
  return elements;
}

/** What is told of a unit that refuses its new data, e.g. because of its changeset. */
function nothingFrom(data: string): FunctionResult {
  return { data, output: null, outputType: '', mutations: [], mutators: [], success: false, messages: [] };
}

/** What functions may know of a unit. */
export function functionContext(hub: HubCore, unit: Unit): FunctionContext {
  return {
    unitId: unit.UnitID,
    unitSlug: unit.Slug,
    spaceId: unit.SpaceID,
    spaceSlug: hub.tables.Space.get(unit.SpaceID)?.value.Slug ?? '',
    contentHash: unit.ContentHash,
    approvedBy: unit.ApprovedBy,
  };
}

interface Options {
  readonly request: Pick<
    FunctionRequest,
    'invocations' | 'castStrings' | 'stopOnError' | 'numFilters' | 'combineResults'
  >;
  readonly description: string;
}

/** `FunctionInvocations` is read by itself. */
const REQUEST_FIELDS: Readonly<Record<string, WireType>> = {
  BridgeWorkerID: 'id',
  CastStringArgsToScalars: 'flag',
  ChangeDescription: 'text',
  CombineResults: 'flag',
  FunctionInvocations: 'any',
  NumFilters: 'integer',
  StopOnError: 'flag',
  UseFunctionWorker: 'flag',
};

function readOptions({ body }: Call): Options {
  const sent = readObject(body);
  for (const [name, value] of Object.entries(sent)) {
    const type = Object.hasOwn(REQUEST_FIELDS, name) ? REQUEST_FIELDS[name] : undefined;
    if (type === undefined) throw badRequest(`a function invocation has no field ${name}`);
    readWire(name, type, value);
  }
  if (sent['UseFunctionWorker'] === true) throw notImplemented('functions on a worker');
  const worker = sent['BridgeWorkerID'];
  if (typeof worker === 'string' && worker !== NO_REVISION) throw notImplemented('functions on a worker');
  const invocations = readCalls(sent['FunctionInvocations']);
  if (invocations.length === 0) throw badRequest('FunctionInvocations must name a function');
  const filters = sent['NumFilters'] ?? 0;
  return {
    request: {
      invocations,
      castStrings: sent['CastStringArgsToScalars'] === true,
      stopOnError: sent['StopOnError'] === true,
      numFilters: Number(filters),
      combineResults: sent['CombineResults'] === true,
    },
    description: typeof sent['ChangeDescription'] === 'string' ? sent['ChangeDescription'] : '',
  };
}

function chosenUnits(hub: HubContext, call: Call, spaceId: string | undefined): Unit[] {
  const id = call.query.get('unit_id') ?? '';
  if (id !== '') return [requireEntity(hub.tables.Unit, 'Unit', id, spaceId)];
  return selectEntities(hub, 'Unit', call.query, spaceId === undefined ? {} : { spaceId }).sort(bySlug);
}

/** A revision named by `revision_id`: the functions see its data, and nothing is stored. */
function selectedRevision(
  hub: HubContext,
  { query }: Call,
  spaceId: string | undefined,
): Revision | undefined {
  const id = query.get('revision_id') ?? '';
  if (id === '' || id === NO_REVISION) return undefined;
  if (!isUuid(id)) throw badRequest('revision_id must be a UUID');
  const found = hub.tables.Revision.list({
    where: { sql: `json_extract(value, '$.RevisionID') = ?`, params: [id.toLowerCase()] },
  })[0]?.value;
  if (found === undefined || (spaceId !== undefined && found.SpaceID !== spaceId))
    throw badRequest(`revision ${id} not found`);
  return found;
}

function record(
  hub: HubContext,
  call: Call,
  unit: Unit,
  { request, description }: Options,
  { data, mutators }: FunctionResult,
): Unit {
  if (mutators.length === 0) return unit;
  const functions = request.invocations.filter((_, index) => mutators.includes(index));
  return recordData(hub, call, unit, encodeText(data), { source: 'Function', description, functions });
}

function describe(hub: HubContext, unit: Unit, isNew: boolean, result: FunctionResult): object {
  const revision = isNew
    ? hub.tables.Revision.get(numberedKey(unit.UnitID, unit.HeadRevisionNum))?.value
    : undefined;
  const failed = result.messages.length > 0;
  return {
    OrganizationID: unit.OrganizationID,
    SpaceID: unit.SpaceID,
    UnitID: unit.UnitID,
    RevisionID: revision?.RevisionID ?? NO_REVISION,
    Success: result.success,
    ConfigData: encodeText(result.data),
    Output: encodeText(JSON.stringify(result.output)),
    OutputType: result.outputType,
    Mutations: result.mutations,
    Mutators: result.mutators,
    ...(failed ? { Error: { Message: 'function invocation failed', Details: result.messages } } : {}),
  };
}
