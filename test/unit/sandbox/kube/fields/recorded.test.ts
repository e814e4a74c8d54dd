/** Expected owners, conflicts and objects: recorded from a real API server over sequences of writes by several managers. */
import { describe, expect, test } from 'vitest';
import { applyServerSide } from '../../../../../runner/sandbox/kube/fields/apply.ts';
import { trackUpdate } from '../../../../../runner/sandbox/kube/fields/track-update.ts';
import type { GroupVersionKind, JsonObject, KubeObject } from '../../../../../runner/sandbox/kube/kube.ts';
import { readCases } from '../read-cases.ts';

interface Write {
  readonly kind: GroupVersionKind;
  readonly before?: KubeObject;
  readonly manager: string;
  /** managedFields afterwards, without times. */
  readonly owners: readonly object[];
}

interface PlainWrite extends Write {
  readonly write: 'create' | 'update';
  readonly after: KubeObject;
}

interface Apply extends Write {
  readonly write: 'apply';
  readonly config: KubeObject;
  readonly force: boolean;
  readonly conflicts?: readonly { readonly field: string; readonly message: string }[];
  readonly message?: string;
  /** The whole object, where defaulting has no part in it. */
  readonly object?: JsonObject;
}

const time = '2030-01-01T00:00:00Z';
const cases = readCases('field-owners') as readonly (PlainWrite | Apply)[];
const applications = cases.filter((recorded) => recorded.write === 'apply');

const sortEntries = (entries: readonly object[]): string[] =>
  entries.map((entry) => JSON.stringify(sortFields(entry))).toSorted();

describe('trackUpdate knows the owners that the real server knows', () => {
  test.each(cases.filter((recorded) => recorded.write !== 'apply'))(
    '$write of a $kind.kind by $manager',
    (recorded) => {
      const entries = trackUpdate({ ...recorded, time });
      expect(sortEntries(withoutTimes(entries))).toEqual(sortEntries(recorded.owners));
    },
  );
});

describe('applyServerSide does what the real server does', () => {
  test.each(applications)('to a $kind.kind by $manager', (recorded) => {
    const { kind, before, config, manager, force } = recorded;
    const live = before === undefined ? {} : { live: before };
    const applied = applyServerSide({ kind, ...live, config, manager, force, time });
    if ('conflicts' in applied) {
      const shown = applied.conflicts.map(({ field, message }) => ({ field, message }));
      expect(sortEntries(shown)).toEqual(sortEntries(recorded.conflicts ?? []));
      expect(linesOf(applied.message)).toEqual(linesOf(recorded.message ?? ''));
      return;
    }
    const { managedFields = [], ...metadata } = applied.object.metadata;
    expect(sortEntries(withoutTimes(managedFields))).toEqual(sortEntries(recorded.owners));
    if (recorded.object !== undefined) expect({ ...applied.object, metadata }).toEqual(recorded.object);
  });

  test('and then has nothing to do: the second time changes nothing, times included', () => {
    for (const { kind, config, manager } of applications) {
      const once = applyServerSide({ kind, config, manager, force: true, time });
      if (!('object' in once)) throw new Error('conflicts on creation');
      const live = once.object;
      const later = '2031-01-01T00:00:00Z';
      expect(applyServerSide({ kind, live, config, manager, force: false, time: later })).toEqual({
        object: live,
      });
    }
  });
});

function withoutTimes(entries: readonly JsonObject[]): JsonObject[] {
  return entries.map(({ time: _time, ...entry }) => entry);
}

function linesOf(message: string): string[] {
  return message.split('\n').toSorted();
}

function sortFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortFields);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortFields(item)]));
}
