/** `cub unit refresh`. */
import type { Invocation } from '../cub.ts';
import { startOperation } from '../operations.ts';

export async function run(call: Invocation): Promise<void> {
  await startOperation(call, 'refresh', call.args[0] ?? '');
}
