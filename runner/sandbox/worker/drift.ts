/**
 * Drift: what became of the live objects since the worker saw them last, whether the unit names the fields or not. Hub and
 * worker compare and merge configuration data by one and the same code, as in the original.
 */
import { diffData } from '../hub/merge/diff.ts';
import { mergeData } from '../hub/merge/merge-data.ts';

/** All that changed comes into the unit. */
const TAKE_ALL = { sources: [], differences: false, isLive: true };

/** A unit's `data` with what changed between two live states, all YAML; undefined if nothing did. Throws where they are none. */
export function patchDrift(before: string, now: string, data: string): string | undefined {
  const changes = diffData(before, now, 0);
  if (changes.every(({ ResourceMutationInfo: { MutationType: type } }) => type === 'None')) return undefined;
  return mergeData(before, now, data, TAKE_ALL).data;
}
