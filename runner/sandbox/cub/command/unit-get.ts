/** `cub unit get`: details, `--data-only`, or the bare unit as JSON. */
import type { Invocation } from '../cub.ts';
import { partOf } from '../entity.ts';
import { unitKind } from '../kind/unit.ts';
import { findExtended, getSelection } from '../lookup.ts';
import { showOne } from '../print.ts';
import { drawUnit } from '../unit-view.ts';

export async function run(call: Invocation): Promise<void> {
  const unit = partOf(await findExtended(call, unitKind, call.args[0] ?? '', getSelection(call)), 'Unit');
  await showOne(call, 'Unit', unit, () => drawUnit(call, unit));
}
