/** Apply gates: what a failed trigger leaves on a unit, under a name that says which. */
import type { Call, HubContext } from '../context.ts';
import type { Trigger } from '../named-entities.ts';

/** `<trigger>/<function>` */
export function gateName({ Slug, FunctionName }: Pick<Trigger, 'Slug' | 'FunctionName'>): string {
  return `${Slug}/${FunctionName}`;
}

/**
 * Judges the units again that the trigger has gated: when it changes or goes, nothing else would lift its gate. Call it when
 * the trigger's new state is stored.
 */
export function regate(hub: HubContext, call: Pick<Call, 'headers'>, trigger: Trigger): void {
  const gated = hub.tables.Unit.list({
    where: {
      sql: `json_extract(value, '$.SpaceID') = ? AND json_extract(value, ?) IS NOT NULL`,
      params: [trigger.SpaceID, `$.ApplyGates."${gateName(trigger)}"`],
    },
  });
  for (const { value: unit } of gated) hub.reactions.judged(hub, call, unit);
}
