/** Triggers: functions that the hub calls by itself. What they do when they run is in ../triggers/. */
import type { HubContext } from '../context.ts';
import { badRequest, notImplemented } from '../errors.ts';
import { organization, space } from '../extend.ts';
import type { Trigger, TriggerEvent } from '../named-entities.ts';
import { selectEntities } from '../select.ts';
import { NAMED } from '../shapes.ts';
import { regate } from '../triggers/gates.ts';
import type { Kind } from './kind.ts';
import { CALL_FIELDS, checkStoredCall } from './stored-call.ts';
import type { CallFields } from './stored-call.ts';

interface TriggerFields extends CallFields {
  readonly Event: string;
  readonly Disabled: boolean;
  readonly Enforced: boolean;
  readonly InvocationID: string | null;
}

/** `/trigger` */
export const TRIGGER: Kind<Trigger, TriggerFields> = {
  type: 'Trigger',
  segment: 'trigger',
  shape: {
    type: 'Trigger',
    writable: {
      ...NAMED,
      ...CALL_FIELDS,
      Event: 'text',
      Disabled: 'flag',
      Enforced: 'flag',
      InvocationID: 'id',
    },
    ignored: 'TriggerID Validating',
  },
  embeds: {
    OrganizationID: organization,
    SpaceID: space,
    InvocationID: (hub, { InvocationID: id }) => ({
      Invocation: id === null ? undefined : hub.tables.Invocation.get(id)?.value,
    }),
  },
  idOf: ({ TriggerID }) => TriggerID,
  table: (hub) => hub.tables.Trigger,
  select: (hub, query, scope) => selectEntities(hub, 'Trigger', query, scope),
  build: (hub, stamp, sent, TriggerID) => {
    const fields = withInvocation(hub, sent);
    const { Mutating, Validating } = checkStoredCall(fields);
    if (!Mutating && !Validating)
      throw badRequest(`function ${fields.FunctionName} neither changes nor validates anything`);
    const Event = readEvent(fields.Event);
    if (Event === 'PreClone' && !Validating)
      throw notImplemented('a trigger that changes data before a clone');
    return { ...stamp, ...fields, Event, TriggerID, Validating };
  },
  stored: (hub, call, trigger, before) => {
    if (before !== undefined) regate(hub, call, before);
    return trigger;
  },
  deleting: (hub, trigger) => {
    hub.tables.Trigger.delete(trigger.TriggerID);
    regate(hub, { headers: {} }, trigger);
  },
};

function readEvent(text: string): TriggerEvent {
  if (text !== 'Mutation' && text !== 'PreClone' && text !== 'PostClone')
    throw badRequest('Event must be Mutation, PreClone or PostClone');
  return text;
}

/** A trigger that names an invocation takes function and arguments from there. */
function withInvocation(hub: HubContext, fields: TriggerFields): TriggerFields {
  if (fields.InvocationID === null) return fields;
  const invocation = hub.tables.Invocation.get(fields.InvocationID)?.value;
  if (invocation === undefined) throw badRequest(`Invocation ${fields.InvocationID} not found`);
  const { ToolchainType, FunctionName, Arguments } = invocation;
  return { ...fields, ToolchainType, FunctionName, Arguments };
}
