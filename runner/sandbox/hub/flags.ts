/** Booleans in queries, read in one way: what Go's `strconv.ParseBool` takes. Anything else is refused, never taken for false. */
import { badRequest } from './errors.ts';

const FLAGS = ['dry_run', 'upgrade', 'summary', 'recursive', 'recursive_force'] as const;
const TRUE: ReadonlySet<string> = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE: ReadonlySet<string> = new Set(['', '0', 'f', 'F', 'FALSE', 'false', 'False']);

type Flag = (typeof FLAGS)[number];

/** Whether the query sets the flag; one without a value is as good as none. Throws 400 for what is no boolean. */
export function readFlag(query: URLSearchParams, name: Flag): boolean {
  const values = query.getAll(name);
  const wrong = values.find((value) => !TRUE.has(value) && !FALSE.has(value));
  if (wrong !== undefined) throw badRequest(`${name} must be true or false, not ${JSON.stringify(wrong)}`);
  return values.some((value) => TRUE.has(value));
}

/** Throws 400 if any flag of the query is no boolean, also one that the request has no use for. */
export function checkFlags(query: URLSearchParams): void {
  for (const name of FLAGS) readFlag(query, name);
}
