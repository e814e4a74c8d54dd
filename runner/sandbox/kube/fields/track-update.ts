/**
 * Who owns which field after a plain write. Every write counts, not only server-side apply: a later apply meets its
 * conflicts here, and kubectl rewrites these entries itself when it moves from client-side to server-side apply.
 */
import type { BodyKind } from '../custom/custom.ts';
import type { JsonObject, KubeObject } from '../kube.ts';
import { completeZeros } from '../schema/complete-structs.ts';
import { dropZeros } from '../schema/drop-zeros.ts';
import { isObject } from '../schema/json-value.ts';
import { compareObjects } from './compare-objects.ts';
import type { Comparison } from './compare-objects.ts';
import { differenceOf, emptySet, isEmptySet, unionOf } from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { placeOfKind } from './field-schema.ts';
import { withoutIdentity, withoutReset } from './ignored-fields.ts';
import { identifyManager, readManagers, withoutManagedFields, writeManagers } from './managers.ts';
import type { Manager, Managers } from './managers.ts';

export interface TrackedUpdate {
  readonly kind: BodyKind;
  /** The stored object; absent for a creation. */
  readonly before?: KubeObject;
  /** The object to be stored. Its own managedFields count, as clients may edit them. */
  readonly after: KubeObject;
  readonly manager: string;
  /** `status`, `scale` … */
  readonly subresource?: string;
  /** RFC 3339 in whole seconds. */
  readonly time: string;
}

/** `metadata.managedFields` after the write. Empty for kinds without a type, and for objects that were never tracked. */
export function trackUpdate(update: TrackedUpdate): JsonObject[] {
  const { kind, before, after, manager, subresource = '', time } = update;
  const place = placeOfKind(kind);
  if (place === undefined) return [];
  const managers = currentManagers(update);
  if (managers.size === 0 && before?.metadata.uid !== undefined) return [];
  const compared = compareObjects(place, typed(kind, before), typed(kind, after));
  const comparison = {
    added: withoutReset(compared.added, subresource),
    modified: withoutReset(compared.modified, subresource),
    removed: withoutReset(compared.removed, subresource),
  };
  disown(managers, comparison);
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  const own = {
    name: manager === '' ? 'unknown' : manager,
    operation: 'Update',
    apiVersion,
    subresource,
  } as const;
  if (!isScaledToZero(after, subresource))
    addFields(managers, { ...own, time, fields: changedFields(comparison) });
  if (subresource === 'scale') forgetTimes(managers);
  return writeManagers(managers);
}

/** In Go's Scale a zero is no value at all, so nobody owns the replicas then. */
function isScaledToZero({ spec }: KubeObject, subresource: string): boolean {
  return subresource === 'scale' && spec?.['replicas'] === 0;
}

/** A scale goes through an object of its own, on whose way back the times of those who own the replicas are lost. */
function forgetTimes(managers: Managers): void {
  for (const [id, manager] of managers) {
    const { children } = manager.fields;
    if (children.get('f:spec')?.members.has('f:replicas')) managers.set(id, { ...manager, time: '' });
  }
}

/** The object without its managedFields, with the zeros that Go has. */
function typed(kind: BodyKind, object: KubeObject | undefined): JsonObject {
  const bare = object === undefined ? {} : withoutManagedFields(object);
  return completeZeros(kind, dropZeros(kind, bare));
}

/** The client's entries if it sent any, else the stored ones. An empty list, or one empty entry, resets them all. */
function currentManagers({ before, after, subresource = '' }: TrackedUpdate): Managers {
  const stored = before?.metadata.managedFields ?? [];
  const sent: readonly unknown[] | undefined = after.metadata.managedFields;
  if (subresource !== '' || sent === undefined) return readManagers(stored);
  const [first] = sent;
  if (sent.length === 0 || (sent.length === 1 && isObject(first) && Object.keys(first).length === 0)) {
    return new Map();
  }
  const managers = readManagers(sent);
  return managers.size === 0 ? readManagers(stored) : managers;
}

/** Whoever owned what was changed or removed owns it no longer. */
function disown(managers: Managers, { added, modified, removed }: Comparison): void {
  const lost = unionOf(unionOf(added, modified), removed);
  for (const [id, manager] of managers) {
    const fields = differenceOf(manager.fields, lost);
    if (isEmptySet(fields)) managers.delete(id);
    else managers.set(id, { ...manager, fields });
  }
}

function changedFields({ added, modified }: Comparison): FieldSet {
  return withoutIdentity(unionOf(added, modified));
}

function addFields(managers: Managers, manager: Manager): void {
  if (isEmptySet(manager.fields)) return;
  const id = identifyManager(manager);
  const fields = unionOf(managers.get(id)?.fields ?? emptySet, manager.fields);
  managers.set(id, { ...manager, fields });
}
