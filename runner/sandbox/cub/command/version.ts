/** `cub version`: the client's part is printed before the hub is asked. */
import type { Invocation } from '../cub.ts';
import { textOf } from '../entity.ts';
import { hubInfo } from '../hub-info.ts';

export async function run(call: Invocation): Promise<void> {
  call.around.out('Client Version:\n  Commit:     unknown\n  Build Date: unknown\n');
  const info = await hubInfo(call);
  call.around.out(`Server Version:\n  URL:        ${call.hub.url}\n  Commit:     ${textOf(info, 'Build')}\n`);
}
