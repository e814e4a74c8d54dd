/** Server-side apply: merges a configuration, prunes what the applier gave up, and refuses what others own. */
import type { BodyKind } from '../custom/custom.ts';
import type { JsonObject, KubeObject } from '../kube.ts';
import { cloneJson, dropNulls, isObject, sameJson } from '../schema/json-value.ts';
import { collectFields } from './collect-fields.ts';
import { compareObjects } from './compare-objects.ts';
import {
  differenceOf,
  emptySet,
  hasPath,
  intersectionOf,
  isEmptySet,
  pathsOf,
  unionOf,
} from './field-set.ts';
import type { FieldSet } from './field-set.ts';
import { placeOfKind } from './field-schema.ts';
import type { Place } from './field-schema.ts';
import { withoutIdentity, withoutReset } from './ignored-fields.ts';
import { allowedByLastApplied, refreshLastApplied } from './last-applied.ts';
import { identifyManager, readManagers, withoutManagedFields, writeManagers } from './managers.ts';
import type { Manager, Managers } from './managers.ts';
import { mergeConfig } from './merge-config.ts';
import { renderPath } from './path-element.ts';
import { pruneObject } from './prune-object.ts';
import { trackUpdate } from './track-update.ts';

export interface Application {
  readonly kind: BodyKind;
  /** The stored object; absent where apply creates it. */
  readonly live?: KubeObject;
  /** The client's object as it came: without defaults, without managedFields. */
  readonly config: KubeObject;
  readonly manager: string;
  readonly force: boolean;
  /** RFC 3339 in whole seconds. */
  readonly time: string;
  readonly subresource?: string;
}

/** One field that another manager owns; a cause of the 409 (`FieldManagerConflict`). */
export interface Conflict {
  /** The other manager's name. */
  readonly manager: string;
  /** `.spec.replicas`. */
  readonly field: string;
  /** `conflict with "kubectl" using apps/v1`. */
  readonly message: string;
}

/** `message` is the whole error's: "Apply failed with 1 conflict: conflict with …". */
export type Applied =
  | { readonly object: KubeObject }
  | { readonly conflicts: readonly Conflict[]; readonly message: string };

interface OwnedConflict {
  readonly manager: Manager;
  readonly path: readonly string[];
}

/**
 * The object to store, with its managedFields, before defaulting; or the conflicts, unless `force`. Where the
 * configuration changes nothing the object is the live one, times included. Throws for a kind without a type.
 */
export function applyServerSide(application: Application): Applied {
  const { kind, config, subresource = '' } = application;
  const place = placeOfKind(kind);
  if (place === undefined) throw new Error(`no type for ${kind.kind}`);
  const live = application.live ?? bareObject(config);
  const managers = currentManagers(application);
  const apiVersion = kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
  const own = { name: application.manager, operation: 'Apply', apiVersion, subresource } as const;
  const id = identifyManager(own);
  const last = managers.get(id)?.fields ?? emptySet;
  const bare = cloneJson(withoutManagedFields(live));
  const fields = withoutReset(collectFields(place, config as JsonObject), subresource);
  managers.set(id, { ...own, time: managers.get(id)?.time ?? '', fields });
  const merged = mergeConfig(place, bare, cloneJson(config as JsonObject)) ?? {};
  const others = [...managers.values()].map((manager) => manager.fields).reduce(unionOf, emptySet);
  const result = pruneObject(place, isObject(merged) ? merged : {}, { last, owned: others });
  const comparison = compareObjects(place, bare, result);
  const changed = withoutReset(unionOf(comparison.modified, comparison.added), subresource);
  const conflicts = findConflicts(managers, id, changed);
  const blocking = application.force ? [] : blockingConflicts(conflicts, application, place);
  if (blocking.length > 0) return describeConflicts(blocking);
  disown(managers, id, unionOf(changed, withoutReset(comparison.removed, subresource)));
  const isChanged = !sameJson(bare, result);
  finishOwn(managers, id, isChanged ? application.time : undefined);
  const stored = isChanged ? dropNulls(result) : bare;
  return { object: withManagers(refreshLastApplied(stored, application), managers) };
}

function bareObject({ apiVersion, kind }: KubeObject): KubeObject {
  return { apiVersion, kind, metadata: { name: '' } };
}

/** An object that was never tracked gets an owner for what is there, so that apply can conflict with it. */
function currentManagers({ kind, live, time }: Application): Managers {
  const entries = live?.metadata.managedFields ?? [];
  if (live === undefined || entries.length > 0) return readManagers(entries);
  return readManagers(trackUpdate({ kind, after: live, manager: 'before-first-apply', time }));
}

function findConflicts(managers: Managers, own: string, changed: FieldSet): OwnedConflict[] {
  return [...managers]
    .filter(([id]) => id !== own)
    .flatMap(([, manager]) =>
      pathsOf(intersectionOf(manager.fields, changed)).map((path) => ({ manager, path })),
    );
}

/** kubectl may take over what its own client-side apply wrote, as its annotation proves. */
function blockingConflicts(
  conflicts: readonly OwnedConflict[],
  { live, manager, kind }: Application,
  place: Place,
): readonly OwnedConflict[] {
  if (manager !== 'kubectl' || live === undefined || conflicts.length === 0) return conflicts;
  const allowed = allowedByLastApplied(place, kind, live);
  return conflicts.filter(({ path }) => !hasPath(allowed, path));
}

function describeConflicts(found: readonly OwnedConflict[]): Applied {
  const conflicts = found.map(({ manager, path }) => ({
    manager: manager.name,
    field: renderPath(path),
    message: `conflict with ${describeManager(manager)}`,
  }));
  const [first] = conflicts;
  if (first !== undefined && conflicts.length === 1) {
    return { conflicts, message: `Apply failed with 1 conflict: ${first.message}: ${first.field}` };
  }
  const byManager = Map.groupBy(conflicts, ({ message }) => message.replace('conflict ', 'conflicts '));
  const lines = [...byManager]
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([title, list]) => [`${title}:`, ...list.map(({ field }) => `- ${field}`)]);
  return { conflicts, message: `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}` };
}

function describeManager({ name, operation, apiVersion, subresource }: Manager): string {
  const within = subresource === '' ? '' : ` with subresource ${JSON.stringify(subresource)}`;
  return `${JSON.stringify(name)}${within}${operation === 'Update' ? ` using ${apiVersion}` : ''}`;
}

function disown(managers: Managers, own: string, lost: FieldSet): void {
  for (const [id, manager] of managers) {
    const fields = id === own ? manager.fields : differenceOf(manager.fields, lost);
    if (isEmptySet(fields)) managers.delete(id);
    else managers.set(id, { ...manager, fields });
  }
}

function finishOwn(managers: Managers, id: string, time: string | undefined): void {
  const own = managers.get(id);
  if (own === undefined) return;
  managers.set(id, { ...own, fields: withoutIdentity(own.fields), time: time ?? own.time });
}

function withManagers(object: JsonObject, managers: Managers): KubeObject {
  const metadata = isObject(object['metadata']) ? object['metadata'] : {};
  const tracked = { ...object, metadata: { ...metadata, managedFields: writeManagers(managers) } };
  return tracked as JsonObject as unknown as KubeObject;
}
