/** `cub unit destroy`. */
import type { Invocation } from '../cub.ts';
import { startOperation } from '../operations.ts';

export async function run(call: Invocation): Promise<void> {
  await startOperation(call, 'destroy', call.args[0] ?? '');
}
