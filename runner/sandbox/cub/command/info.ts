/** `cub info`. */
import type { Invocation } from '../cub.ts';
import { textOf } from '../entity.ts';
import { hubInfo } from '../hub-info.ts';
import { drawDetails } from '../print.ts';

export async function run(call: Invocation): Promise<void> {
  const info = await hubInfo(call);
  const rows = [
    ['Server URL:', call.hub.url],
    ['Client ID:', textOf(info, 'ClientID')],
    ['Build:', textOf(info, 'Build')],
    ['BuiltAt:', textOf(info, 'BuiltAt')],
    ['Revision:', textOf(info, 'Revision')],
  ] as const;
  call.around.out(drawDetails(rows));
}
