/** `metadata.managedFields`, read into sets by manager and written back in the server's order. */
import type { JsonObject, KubeObject } from '../kube.ts';
import { isObject } from '../schema/json-value.ts';
import { objectAt, textAt } from '../schema/read-json.ts';
import { decodeSet, encodeSet, isEmptySet } from './field-set.ts';
import type { FieldSet } from './field-set.ts';

/** One manager's fields. */
export interface Manager {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  /** `apps/v1`. */
  readonly apiVersion: string;
  /** '' for the object itself. */
  readonly subresource: string;
  /** RFC 3339, '' for none. */
  readonly time: string;
  readonly fields: FieldSet;
}

/** Managers by identity. */
export type Managers = Map<string, Manager>;

/** What makes two entries one manager; an applier stays the same one when the version changes. */
export function identifyManager(manager: Omit<Manager, 'time' | 'fields'>): string {
  const version = manager.operation === 'Apply' ? '' : manager.apiVersion;
  return JSON.stringify([manager.name, manager.operation, version, manager.subresource]);
}

/** Reads the entries of an object; what is no valid entry is left out. */
export function readManagers(entries: readonly unknown[]): Managers {
  const managers: Managers = new Map();
  for (const entry of entries) {
    if (!isObject(entry)) continue;
    const operation = textAt(entry, 'operation');
    if (operation !== 'Apply' && operation !== 'Update') continue;
    const manager = {
      name: textAt(entry, 'manager'),
      operation,
      apiVersion: textAt(entry, 'apiVersion'),
      subresource: textAt(entry, 'subresource'),
      time: textAt(entry, 'time'),
      fields: decodeSet(objectAt(entry, 'fieldsV1')),
    } as const;
    managers.set(identifyManager(manager), manager);
  }
  return managers;
}

/** The entries as the server lists them: appliers first, then by time, name, version and subresource. */
export function writeManagers(managers: Managers): JsonObject[] {
  return [...managers.values()]
    .filter(({ fields }) => !isEmptySet(fields))
    .toSorted(compareManagers)
    .map((manager) => ({
      manager: manager.name,
      operation: manager.operation,
      apiVersion: manager.apiVersion,
      ...(manager.time === '' ? {} : { time: manager.time }),
      fieldsType: 'FieldsV1',
      fieldsV1: encodeSet(manager.fields),
      ...(manager.subresource === '' ? {} : { subresource: manager.subresource }),
    }));
}

function compareManagers(left: Manager, right: Manager): number {
  return (
    compareText(left.operation, right.operation) ||
    secondsOf(left) - secondsOf(right) ||
    compareText(left.name, right.name) ||
    compareText(left.apiVersion, right.apiVersion) ||
    compareText(left.subresource, right.subresource)
  );
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function secondsOf({ time }: Manager): number {
  return Math.trunc((Date.parse(time) || 0) / 1000);
}

/** The object without its managedFields; everything else is shared with it. */
export function withoutManagedFields(object: KubeObject): JsonObject {
  const { metadata, ...rest } = object as JsonObject;
  const { managedFields: _tracked, ...own } = isObject(metadata) ? metadata : {};
  return { ...rest, metadata: own };
}
