/** Invocations: function calls that have a name, for triggers to use. */
import { organization, space } from '../extend.ts';
import type { Invocation } from '../named-entities.ts';
import { selectEntities } from '../select.ts';
import { sha256 } from '../sha256.ts';
import { NAMED } from '../shapes.ts';
import type { Kind } from './kind.ts';
import { refuseIfUsed, usersOf } from './references.ts';
import { CALL_FIELDS, checkStoredCall } from './stored-call.ts';
import type { CallFields } from './stored-call.ts';

/** `/invocation` */
export const INVOCATION: Kind<Invocation, CallFields> = {
  type: 'Invocation',
  segment: 'invocation',
  shape: { type: 'Invocation', writable: { ...NAMED, ...CALL_FIELDS }, ignored: 'InvocationID Hash' },
  embeds: { OrganizationID: organization, SpaceID: space },
  idOf: ({ InvocationID }) => InvocationID,
  table: (hub) => hub.tables.Invocation,
  select: (hub, query, scope) => selectEntities(hub, 'Invocation', query, scope),
  build: (_, stamp, fields, InvocationID) => {
    checkStoredCall(fields);
    const Hash = sha256(JSON.stringify([fields.ToolchainType, fields.FunctionName, fields.Arguments]));
    return { ...stamp, ...fields, InvocationID, Hash };
  },
  deleting: (hub, { InvocationID, Slug }) =>
    refuseIfUsed(`invocation ${Slug}`, usersOf(hub.tables.Trigger, 'InvocationID', InvocationID), 'trigger'),
};
