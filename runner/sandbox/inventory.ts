/**
 * What the embedded world holds, hub and cluster, so that two moments can be compared. Left out is what the world writes of
 * its own accord: histories and operations in the hub; in the cluster events, leases, endpoints, status, what every namespace
 * has, and all that has an owner, with which it goes.
 */
import type { Unit } from './hub/entities.ts';
import { openTables } from './hub/tables.ts';
import type { Cluster, KubeObject } from './kube/kube.ts';
import { isStored, servedResources } from './kube/objects/resources.ts';
import type { Holding } from './sandbox.ts';
import type { Store } from './store/store.ts';

/** Entities that people make in spaces, by the word for each. */
const IN_SPACES = {
  Unit: 'unit',
  Target: 'target',
  BridgeWorker: 'worker',
  Link: 'link',
  Filter: 'filter',
  ChangeSet: 'changeset',
  Tag: 'tag',
  Trigger: 'trigger',
  Invocation: 'invocation',
  Set: 'set',
  View: 'view',
} as const;

/** What the hub holds. */
export function listEntities(store: Store): readonly Holding[] {
  const tables = openTables(store);
  const spaces = new Map(tables.Space.list().map(({ key, value }) => [key, `space ${value.Slug}`]));
  const own = [
    ...tables.Organization.list().map(({ value }) => describe(`organization ${value.Slug}`, value)),
    ...tables.User.list().map(({ value }) => describe(`user ${value.Slug}`, value)),
    ...tables.Space.list().map(({ value }) => withState(describe(`space ${value.Slug}`, value))),
  ];
  const named = Object.entries(IN_SPACES).flatMap(([type, word]) =>
    tables[type as keyof typeof IN_SPACES].list().map(({ value }) => {
      const space = spaces.get(value.SpaceID) ?? 'no space';
      const holding = describe(`${word} ${value.Slug} in ${space}`, value);
      if (type === 'BridgeWorker') return { ...holding, state: '' };
      return 'MutationSources' in value ? { ...holding, state: describeUnit(value) } : withState(holding);
    }),
  );
  return [...own, ...named];
}

function withState(holding: Holding): Holding {
  return { ...holding, state: holding.content };
}

/** What a unit says and where it stands, but not how it came to that; and whether the last word was applied. */
function describeUnit(unit: Unit): string {
  const { Slug, Labels, Annotations, Data, TargetID, SetID, ChangeSetID, UpstreamUnitID } = unit;
  const isApplied = unit.HeadRevisionNum === unit.LastAppliedRevisionNum;
  return JSON.stringify([
    Slug,
    Labels,
    Annotations,
    Data,
    TargetID,
    SetID,
    ChangeSetID,
    UpstreamUnitID,
    isApplied,
  ]);
}

function describe(name: string, entity: object): Holding {
  return { name, content: JSON.stringify({ ...entity, UpdatedAt: '', Version: 0 }) };
}

/** Resources that controllers write to all the time. */
const NOTES = new Set(['events', 'leases', 'endpoints']);

/** Objects that the cluster makes in every namespace. */
const IN_EVERY_NAMESPACE = new Set(['serviceaccount default', 'configmap kube-root-ca.crt']);

/** What the cluster holds. */
export function listObjects(cluster: Cluster): readonly Holding[] {
  const resources = new Map(
    servedResources
      .filter(isStored)
      .filter(({ resource }) => !NOTES.has(resource))
      .map((resource) => [`${resource.group}/${resource.resource}`, resource]),
  );
  return [...resources.values()].flatMap((resource) =>
    cluster.list(resource).filter(isMade).map(describeObject),
  );
}

function isMade(object: KubeObject): boolean {
  const { ownerReferences = [] } = object.metadata;
  return ownerReferences.length === 0 && !IN_EVERY_NAMESPACE.has(nameOf(object));
}

function nameOf({ kind, metadata }: KubeObject): string {
  return `${kind.toLowerCase()} ${metadata.name}`;
}

function describeObject(object: KubeObject): Holding {
  const { status: _status, metadata, ...rest } = object;
  const { namespace, labels, annotations, finalizers } = metadata;
  const content = JSON.stringify({ ...rest, labels, annotations, finalizers });
  const place = namespace === undefined ? '' : ` in namespace ${namespace}`;
  return { name: `${nameOf(object)}${place}`, content };
}
