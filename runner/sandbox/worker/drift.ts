/** Drift: where the live object no longer says what the unit says. Only fields that the unit names are compared. */
import type { Manifest } from './worker.ts';

/**
 * The unit's object with live values in every field that it names: equal to `desired` where nothing drifted. `applied`
 * is what a dry run of the apply gives, so that defaults and canonical quantities ("0.5" -> "500m") are no drift.
 */
export function overlayLive(desired: unknown, applied: unknown, live: unknown): unknown {
  if (isRecord(desired) && isRecord(applied) && isRecord(live)) {
    return Object.fromEntries(
      Object.entries(desired)
        .filter(([name]) => name in live)
        .map(([name, value]) => [name, overlayLive(value, applied[name], live[name])]),
    );
  }
  if (
    Array.isArray(desired) &&
    Array.isArray(applied) &&
    Array.isArray(live) &&
    live.length === desired.length
  ) {
    return desired.map((value: unknown, index) => overlayLive(value, applied[index], live[index]));
  }
  return deepEqual(applied, live) ? desired : live;
}

/** True if `overlayLive` changed something. */
export function hasDrifted(desired: Manifest, overlaid: unknown): boolean {
  return !deepEqual(desired, overlaid);
}

function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, index) => deepEqual(value, b[index]));
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => name in b && deepEqual(a[name], b[name]))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
