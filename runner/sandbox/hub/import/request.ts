/** What an import asks for: a list of objects, or filters that the worker applies to what it finds in the cluster. */
import { badRequest } from '../errors.ts';
import { readObject } from '../fields.ts';
import type { ImportFilter, ImportRequest } from './import.ts';
import { parseImportWhere } from './where.ts';

const FIELDS = ['Filters', 'Options', 'ResourceInfoList', 'Where'];

/** The body of `…/import`, its where expression turned into filters and options. Throws 400. */
export function readImportRequest(body: unknown): ImportRequest {
  const sent = readObject(body);
  const unknown = Object.keys(sent).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) throw badRequest(`an import has no field ${unknown}`);
  const { Filters, Options, ResourceInfoList, Where = '' } = sent;
  if (typeof Where !== 'string') throw badRequest('Where must be a string');
  if (ResourceInfoList !== undefined && ResourceInfoList !== null) {
    if (Where !== '') throw badRequest('an import takes ResourceInfoList or Where, not both');
    return {
      ResourceInfoList: readList('ResourceInfoList', ResourceInfoList, ['ResourceType', 'ResourceName']),
    };
  }
  const parsed = parseImportWhere(Where);
  return {
    Filters: [...readFilters(Filters), ...parsed.filters],
    Options: { ...readOptions(Options), ...parsed.options },
  };
}

function readFilters(value: unknown): ImportFilter[] {
  return readList('Filters', value ?? [], ['Type', 'Operator']).map(
    ({ Type = '', Operator = '', Values }) => {
      if (!Array.isArray(Values) || !Values.every((text) => typeof text === 'string'))
        throw badRequest('Filters: Values must be a list of strings');
      if (Operator !== 'include' && Operator !== 'exclude')
        throw badRequest('Filters: Operator must be include or exclude');
      return { Type: String(Type), Operator, Values };
    },
  );
}

function readOptions(value: unknown): ImportRequest['Options'] {
  const options = readObject(value);
  for (const [name, option] of Object.entries(options))
    if (typeof option !== 'boolean' && typeof option !== 'string')
      throw badRequest(`Options: ${name} must be true, false or a string`);
  return options as ImportRequest['Options'];
}

/** A list of objects in which each of `names` is a text. */
function readList(
  field: string,
  value: unknown,
  names: readonly string[],
): Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) throw badRequest(`${field} must be a list`);
  return value.map((item: unknown) => {
    const object = readObject(item);
    const bad = names.find((name) => typeof object[name] !== 'string' || object[name] === '');
    if (bad !== undefined) throw badRequest(`${field}: ${bad} must be a string`);
    return object;
  });
}
