/** `cub organization get`, `cub organization-member get`, `cub user get`. */
import type { Invocation } from '../cub.ts';
import { findInDirectory, openDirectory } from '../directory.ts';
import { drawDetails, showOne } from '../print.ts';

export async function run(call: Invocation): Promise<void> {
  const { directory, organization } = await openDirectory(call);
  const item = await findInDirectory(call, directory, organization, call.args[0] ?? '');
  await showOne(call, directory.shape, item, () => drawDetails(directory.details(item)));
}
