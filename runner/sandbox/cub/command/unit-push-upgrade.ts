/** `cub unit push-upgrade`: upgrades everything that was cloned from a unit, in all spaces. */
import type { Invocation } from '../cub.ts';
import { idOf } from '../entity.ts';
import { unitKind } from '../kind/unit.ts';
import { findEntity } from '../lookup.ts';
import { reportUnits } from '../units.ts';

export async function run(call: Invocation): Promise<void> {
  const [name = ''] = call.args;
  const id = idOf(await findEntity(call, unitKind, name), 'UnitID');
  const where = `Unit.UpstreamUnitID = '${id}' AND Unit.UpstreamRevisionNum < UpstreamUnit.HeadRevisionNum`;
  const { status, value } = await call.hub.ask({
    method: 'PATCH',
    path: '/unit',
    query: { where, include: 'UpstreamUnitID', upgrade: 'true' },
    body: 'null',
    contentType: 'application/merge-patch+json',
  });
  await reportUnits(call, { verb: 'upgrade', source: `${name} (${id})`, status, value });
}
