/**
 * Runs the triggers of a unit's space inside the request, so that a client never has to wait for them: mutating ones change
 * the data first, validating ones then judge what came out and set or lift their gates.
 */
import type { Call, HubContext } from '../context.ts';
import type { Unit } from '../entities.ts';
import { badRequest } from '../errors.ts';
import type { ValidationResult } from '../functions/functions.ts';
import { numberedKey, recordReaction, saveUnit } from '../history.ts';
import type { Change } from '../history.ts';
import type { Trigger, TriggerEvent } from '../named-entities.ts';
import { bySlug } from '../select.ts';
import { encodeText } from '../text-codec.ts';
import { callOnUnit } from '../unit-function.ts';
import { gateName } from './gates.ts';

/** Runs the triggers of data changes. A mutating one that fails sets its gate, as a validating one does. */
export function runTriggers(hub: HubContext, call: Pick<Call, 'headers'>, unit: Unit): Unit {
  const triggers = triggersOf(hub, unit, 'Mutation');
  const { changed, failed } = mutate(hub, call, unit, triggers);
  return setGates(hub, changed, { ...failed, ...judge(hub, changed, triggers) });
}

/** Runs the triggers for new clones. What they find wrong stays until the data changes. */
export function runPostClone(hub: HubContext, call: Pick<Call, 'headers'>, unit: Unit): Unit {
  const triggers = triggersOf(hub, unit, 'PostClone');
  const { changed, failed } = mutate(hub, call, unit, triggers);
  const settled =
    changed.HeadRevisionNum === unit.HeadRevisionNum ? unit : hub.reactions.changed(hub, call, changed);
  return setGates(hub, settled, { ...settled.ApplyGates, ...failed, ...judge(hub, settled, triggers) });
}

/** Judges the head again without changing it. */
export function rejudge(hub: HubContext, unit: Unit): Unit {
  const triggers = triggersOf(hub, unit, 'Mutation');
  const failed = triggers
    .filter((trigger) => !trigger.Validating && unit.ApplyGates[gateName(trigger)] === true)
    .map((trigger) => [gateName(trigger), true] as const);
  return setGates(hub, unit, { ...Object.fromEntries(failed), ...judge(hub, unit, triggers) });
}

/** Refuses a clone of what the upstream's own space does not let go. */
export function checkPreClone(hub: HubContext, upstream: Unit): void {
  const triggers = triggersOf(hub, upstream, 'PreClone');
  const failed = triggers.filter((trigger) => trigger.Validating && !passes(hub, upstream, trigger));
  if (failed.length > 0)
    throw badRequest(`unit ${upstream.Slug} cannot be cloned: ${failed.map(gateName).join(', ')}`);
}

function triggersOf(hub: HubContext, unit: Unit, event: TriggerEvent): readonly Trigger[] {
  return hub.tables.Trigger.list({
    where: { sql: `json_extract(value, '$.SpaceID') = ?`, params: [unit.SpaceID] },
  })
    .map(({ value }) => value)
    .filter(
      ({ Event, Disabled, ToolchainType }) =>
        Event === event && !Disabled && ToolchainType === unit.ToolchainType,
    )
    .sort(bySlug);
}

function mutate(
  hub: HubContext,
  call: Pick<Call, 'headers'>,
  unit: Unit,
  triggers: readonly Trigger[],
): { readonly changed: Unit; readonly failed: Readonly<Record<string, boolean>> } {
  let changed = unit;
  const failed: Record<string, boolean> = {};
  for (const trigger of triggers.filter(({ Validating }) => !Validating)) {
    const { success, data } = callOnUnit(hub, changed, trigger);
    if (success) changed = recordReaction(hub, call, changed, encodeText(data), causedBy(trigger, unit));
    else failed[gateName(trigger)] = true;
  }
  return { changed, failed };
}

function judge(hub: HubContext, unit: Unit, triggers: readonly Trigger[]): Record<string, boolean> {
  const failed = triggers.filter((trigger) => trigger.Validating && !passes(hub, unit, trigger));
  return Object.fromEntries(failed.map((trigger) => [gateName(trigger), true]));
}

/** A function that cannot judge does not pass. */
function passes(hub: HubContext, unit: Unit, trigger: Trigger): boolean {
  const { success, output } = callOnUnit(hub, unit, trigger);
  const results: readonly ValidationResult[] = Array.isArray(output) ? (output as ValidationResult[]) : [];
  return success && results.every(({ Passed }) => Passed);
}

/** The gates go to the head revision too, where they stay when the unit moves on. */
function setGates(hub: HubContext, unit: Unit, ApplyGates: Readonly<Record<string, boolean>>): Unit {
  const names = Object.keys(ApplyGates).sort();
  if (names.join('\n') === Object.keys(unit.ApplyGates).sort().join('\n')) return unit;
  const key = numberedKey(unit.UnitID, unit.HeadRevisionNum);
  const revision = hub.tables.Revision.get(key)?.value;
  if (revision !== undefined) hub.tables.Revision.put(key, { ...revision, ApplyGates });
  return saveUnit(hub, { ...unit, ApplyGates });
}

function causedBy(trigger: Trigger, { LastChangeDescription: description }: Unit): Change {
  const { TriggerID, InvocationID, FunctionName, Arguments } = trigger;
  return {
    source: 'Trigger',
    description,
    cause: { TriggerID, InvocationID },
    functions: [{ FunctionName, Arguments }],
  };
}
