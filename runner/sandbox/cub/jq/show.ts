/** `--jq` and `--output-jq`. */
import type { Invocation } from '../cub.ts';
import { Failure } from '../failure.ts';
import { printJson, sortKeys } from '../go-json.ts';
import { evaluate } from './evaluate.ts';
import { parseJq } from './parse.ts';

/** Prints each result: texts as they are, everything else as JSON. */
export function showJq(call: Invocation, input: unknown, expression: string = call.flags.text('jq')): void {
  const query = parseJq(expression);
  if (query.kind === 'problem') throw new Failure(`unsupported jq expression ${expression}: ${query.text}`);
  for (const value of evaluate(query, input)) {
    const text = typeof value === 'string' ? value : printJson(sortKeys(value));
    call.around.out(`${text}\n`);
  }
}
