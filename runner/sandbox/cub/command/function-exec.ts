/** `cub function exec`: calls the functions of a file, one per line, all in one request. */
import { readContent } from '../content.ts';
import type { Invocation } from '../cub.ts';
import { Failure, messageOf } from '../failure.ts';
import { parseArguments } from '../function-arguments.ts';
import { awaitResponses, chosenUnits, invokeFunctions, showResponses } from '../invoke.ts';
import type { FunctionCall } from '../invoke.ts';

export async function run(call: Invocation): Promise<void> {
  const where = chosenUnits(call);
  const value = await invokeFunctions(call, where, await readCalls(call, call.args[0] ?? ''));
  await showResponses(call, value);
  if (call.flags.on('wait')) await awaitResponses(call, value, ['quiet', 'data-only', 'output-only']);
}

/** Words between blanks: there is no quoting. */
async function readCalls(call: Invocation, file: string): Promise<FunctionCall[]> {
  const text = await readContent(call, file).catch((error: unknown) => {
    throw new Failure(messageOf(error), { cause: error });
  });
  return text
    .toString('utf8')
    .split('\n')
    .map((line) => line.split(/\s+/).filter((word) => word !== ''))
    .flatMap(([name, ...words]) =>
      name === undefined ? [] : [{ FunctionName: name, Arguments: parseArguments(words) }],
    );
}
