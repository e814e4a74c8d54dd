/** The fields that only the hub sets: clients send them back as they got them, so their types are checked and their values ignored. */
import { badRequest } from './errors.ts';
import { isUuid } from './uuid.ts';

type ServerType = 'id' | 'time' | 'integer' | 'text' | 'flag' | 'flags' | 'ids' | 'objects' | 'object';

/** Other names are ids. */
const TYPES: Readonly<Record<string, ServerType>> = {
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
  ApplyGates: 'flags',
  ApprovedBy: 'ids',
  MutationSources: 'objects',
  ProvidedInfo: 'object',
};

const MEANINGS: Readonly<Record<ServerType, string>> = {
  id: 'a UUID',
  time: 'an RFC 3339 time',
  integer: 'an integer',
  text: 'a string',
  flag: 'true or false',
  flags: 'an object of booleans',
  ids: 'a list of UUIDs',
  objects: 'a list of objects',
  object: 'an object',
};

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

/** Throws 400 unless `value` is of the type of the hub's field `name`; `null` always is. `entity` is for the message. */
export function checkServerField(entity: string, name: string, value: unknown): void {
  const type = TYPES[name] ?? 'id';
  if (value === null || isOfType(type, value)) return;
  throw badRequest(`${entity} ${name} must be ${MEANINGS[type]}`);
}

function isOfType(type: ServerType, value: unknown): boolean {
  switch (type) {
    case 'id':
      return typeof value === 'string' && isUuid(value);
    case 'time':
      return typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value));
    case 'integer':
      return Number.isSafeInteger(value);
    case 'text':
      return typeof value === 'string';
    case 'flag':
      return typeof value === 'boolean';
    case 'flags':
      return isObject(value) && Object.values(value).every((flag) => typeof flag === 'boolean');
    case 'ids':
      return Array.isArray(value) && value.every((id) => typeof id === 'string' && isUuid(id));
    case 'objects':
      return Array.isArray(value) && value.every(isObject);
    case 'object':
      return isObject(value);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
