/** What links filled in, path by path: a filled value no longer looks like a need, so following a provider takes memory. */
import type { HubContext } from '../context.ts';
import type { LinkFill } from '../named-entities.ts';

/** What links put into the unit, in key order. */
export function fillsOf(hub: HubContext, unitId: string): LinkFill[] {
  return hub.tables.LinkFill.list({ prefix: `${unitId}/` }).map(({ value }) => value);
}

/** Remembers a value; the same path of the same resource is remembered once. */
export function rememberFill(hub: HubContext, fill: LinkFill): void {
  hub.tables.LinkFill.put([fill.UnitID, fill.ResourceType, fill.ResourceName, fill.Path].join('/'), fill);
}

/** Forgets what a link filled: the values stay in the data, as the unit's own. */
export function forgetFills(hub: HubContext, linkId: string): void {
  const filled = hub.tables.LinkFill.list({
    where: { sql: `json_extract(value, '$.LinkID') = ?`, params: [linkId] },
  });
  for (const { key } of filled) hub.tables.LinkFill.delete(key);
}
