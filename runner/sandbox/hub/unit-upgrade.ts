/** Upgrade: what changed upstream since the last upgrade comes into a clone, and its own changes stay. */
import type { Call, HubContext } from './context.ts';
import type { Unit } from './entities.ts';
import { badRequest } from './errors.ts';
import { numberedKey, recordData } from './history.ts';
import { mergeData } from './merge/merge-data.ts';
import { decodeText, encodeText } from './text-codec.ts';

/** Merges the upstream's head into `unit`. `UpstreamRevisionNum` moves on even if nothing changes here. Throws 400. */
export function upgradeUnit(hub: HubContext, call: Call, unit: Unit, description: string): Unit {
  const upstream = unit.UpstreamUnitID === null ? undefined : hub.tables.Unit.get(unit.UpstreamUnitID)?.value;
  if (upstream === undefined) throw badRequest(`unit ${unit.Slug} has no upstream unit`);
  const base = hub.tables.Revision.get(numberedKey(upstream.UnitID, unit.UpstreamRevisionNum))?.value;
  if (base === undefined)
    throw badRequest(`revision ${unit.UpstreamRevisionNum} of upstream unit ${upstream.Slug} not found`);
  const { data, conflicts } = mergeData(text(base.Data), text(upstream.Data), text(unit.Data), {
    sources: unit.MutationSources,
    differences: true,
  });
  return recordData(hub, call, { ...unit, UpstreamRevisionNum: upstream.HeadRevisionNum }, encodeText(data), {
    source: 'Upgrade',
    description,
    upgradedFrom: upstream.HeadRevisionNum,
    conflicts,
  });
}

function text(data: string): string {
  return decodeText(data) ?? '';
}
