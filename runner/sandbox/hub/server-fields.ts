/** The fields that only the hub sets: clients send them back as they got them, so their types are checked and their values ignored. */
import { readWire } from './wire-type.ts';
import type { WireType } from './wire-type.ts';

const OBJECT: WireType = { map: 'any' };
const CHANGE: WireType = {
  fields: { MutationType: 'text', Index: 'integer', Predicate: 'flag', Value: 'text' },
};

/** Other names are ids. */
const TYPES: Readonly<Record<string, WireType>> = {
  CreatedAt: 'time',
  UpdatedAt: 'time',
  LastActionAt: 'time',
  LastSeenAt: 'time',
  Version: 'integer',
  CursorID: 'integer',
  UpstreamRevisionNum: 'integer',
  HeadRevisionNum: 'integer',
  HeadMutationNum: 'integer',
  LastAppliedRevisionNum: 'integer',
  LiveRevisionNum: 'integer',
  PreviousLiveRevisionNum: 'integer',
  ContentHash: 'integer',
  EntityType: 'text',
  LiveState: 'text',
  Outputs: 'text',
  Secret: 'text',
  Condition: 'text',
  LastMessage: 'text',
  IPAddress: 'text',
  Hash: 'text',
  Validating: 'flag',
  ApplyGates: { map: 'flag' },
  ApprovedBy: { list: 'id' },
  MutationSources: {
    list: { fields: { Resource: OBJECT, ResourceMutationInfo: CHANGE, PathMutationMap: { map: CHANGE } } },
  },
  ProvidedInfo: OBJECT,
};

/** Throws 400 unless `value` is of the type of the hub's field `name`; `null` always is. `entity` is for the message. */
export function checkServerField(entity: string, name: string, value: unknown): void {
  readWire(`${entity} ${name}`, TYPES[name] ?? 'id', value);
}
