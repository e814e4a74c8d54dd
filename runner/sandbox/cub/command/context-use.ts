/** `cub context use`: returns to session and context that were kept under a name. */
import { copyFile } from 'node:fs/promises';
import type { Invocation } from '../cub.ts';
import { Failure } from '../failure.ts';
import { localFile } from '../local-files.ts';

export async function run(call: Invocation): Promise<void> {
  const [name = ''] = call.args;
  for (const kind of ['context', 'session'])
    await copyFile(
      localFile(call.around, `${kind}-${name}.json`),
      localFile(call.around, `${kind}.json`),
    ).catch((error: unknown) => {
      throw new Failure(`context ${name} does not exist`, { cause: error });
    });
  call.around.out(`${name} is now the current context\n`);
}
