/** `cub run` without a function that it knows: gets the list of functions, which become its commands. */
import type { Invocation } from '../cub.ts';
import { fetchFunctions } from '../functions.ts';
import { localFile } from '../local-files.ts';
import { say } from '../print.ts';

export async function run(call: Invocation): Promise<void> {
  if (!call.flags.on('reload') && !call.flags.on('reset'))
    return say(call, 'Run with --reload or --reset to load and set up function list in CLI');
  await fetchFunctions(call);
  return say(call, `Function list saved to ${localFile(call.around, 'functions.json')}`);
}
