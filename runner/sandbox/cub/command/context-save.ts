/** `cub context save`: keeps session and context under a name. */
import { access, copyFile } from 'node:fs/promises';
import type { Invocation } from '../cub.ts';
import { Failure } from '../failure.ts';
import { localFile, writeContext } from '../local-files.ts';

export async function run(call: Invocation): Promise<void> {
  const [name = ''] = call.args;
  await writeContext(call.around, call.context);
  for (const [kind, note] of FILES) {
    const copy = localFile(call.around, `${kind}-${name}.json`);
    if (!call.flags.on('overwrite') && (await exists(copy)))
      throw new Failure(`context ${note}${name} already exists`);
  }
  for (const [kind] of FILES)
    await copyFile(localFile(call.around, `${kind}.json`), localFile(call.around, `${kind}-${name}.json`));
  call.around.out(`Current context saved as ${name}\n`);
}

const FILES = [
  ['context', ''],
  ['session', '(session) '],
] as const;

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
