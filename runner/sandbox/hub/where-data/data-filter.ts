/** `where_data` and `resource_type` of a request: a test for the configuration data of one unit. */
import { badRequest } from '../errors.ts';
import { Failures, FunctionFailure } from '../functions/failure.ts';
import { parseData, resourceInfo } from '../functions/resource.ts';
import { decodeText } from '../text-codec.ts';
import { matchesData } from './evaluate.ts';
import { parseWhereData } from './parse.ts';

/** Undefined if the request asks for neither. The test throws 400 where a value has another type than the literal. */
export function dataFilter(query: URLSearchParams): ((base64: string) => boolean) | undefined {
  const expression = query.get('where_data') ?? '';
  const type = query.get('resource_type') ?? '';
  if (expression.trim() === '' && type === '') return undefined;
  if (type === '') throw badRequest('where_data needs a resource_type');
  asRequestError(() => parseWhereData(expression));
  return (base64) =>
    asRequestError(() => matchesData(readResources(decodeText(base64) ?? ''), type, expression));
}

/** A document that is no resource fulfils nothing. */
function readResources(text: string): ReturnType<typeof parseData> {
  const resources: ReturnType<typeof parseData> = [];
  for (const doc of parseData(text))
    new Failures().attempt(() => {
      resourceInfo(doc);
      resources.push(doc);
    });
  return resources;
}

function asRequestError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof FunctionFailure ? badRequest(error.message) : error;
  }
}
