/** `cub <kind> get` for the kinds whose details are rows. */
import type { Invocation } from '../cub.ts';
import { partOf } from '../entity.ts';
import { extendedShape } from '../kind.ts';
import { kindOfCommand } from '../kinds.ts';
import { findExtended, getSelection } from '../lookup.ts';
import { drawDetails, showOne } from '../print.ts';

export async function run(call: Invocation): Promise<void> {
  const kind = await kindOfCommand(call.command);
  const item = await findExtended(call, kind, call.args[0] ?? '', getSelection(call));
  const entity = partOf(item, kind.shape);
  const draw = (): string => drawDetails(kind.details(entity));
  if (kind.showsExtended === true) await showOne(call, extendedShape(kind), item, draw);
  else await showOne(call, kind.shape, entity, draw);
}
