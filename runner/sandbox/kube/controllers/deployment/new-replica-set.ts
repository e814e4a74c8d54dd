/** Finds or makes the ReplicaSet of a Deployment's current template and keeps revisions (sync.go, deployment_util.go). */
import type { JsonObject, KubeObject } from '../../kube.ts';
import { integer, record, same, textMap } from '../fields.ts';
import { controllerReference } from '../objects.ts';
import { REPLICA_SETS } from '../resources.ts';
import { refusalOf } from '../refusals.ts';
import { conditionOf, withCondition, type NewCondition } from './conditions.ts';
import {
  DESIRED_REPLICAS,
  HASH_LABEL,
  MANAGER,
  MAX_REPLICAS,
  REVISION,
  REVISION_HISTORY,
  byAge,
  revisionOf,
  sizesOf,
  templateWithoutHash,
  type DeploymentView,
} from './deployment-view.ts';
import { newSetReplicas } from './rollout-arithmetic.ts';
import { templateHash } from '../template-hash.ts';

const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'deprecated.deployment.rollback.to',
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
]);
const HISTORY_LENGTH = 2000;

export interface ReplicaSets {
  readonly newSet: KubeObject | undefined;
  readonly old: readonly KubeObject[];
}

/** Splits `sets` into the one of the current template and the others; makes the former if `create`. */
export function findSets(view: DeploymentView, sets: readonly KubeObject[], create: boolean): ReplicaSets {
  const template = templateWithoutHash(view.spec['template']);
  const existing = byAge(sets).find((set) => same(templateWithoutHash(set.spec?.['template']), template));
  const old = sets.filter((set) => set.metadata.uid !== existing?.metadata.uid);
  const revision = Math.max(0, ...old.map((set) => revisionOf(set))) + 1;
  if (existing !== undefined) return { newSet: keepSet(view, existing, revision), old };
  return { newSet: create ? createSet(view, old, revision) : undefined, old };
}

/** Brings the existing set's annotations up to date: an older revision that is wanted again becomes the newest. */
function keepSet(view: DeploymentView, existing: KubeObject, revision: number): KubeObject {
  const annotations = newAnnotations(view, existing.metadata.annotations ?? {}, revision);
  const minReadySeconds = view.spec['minReadySeconds'];
  const changed =
    !same(annotations, existing.metadata.annotations ?? {}) ||
    integer(existing.spec?.['minReadySeconds'], 0) !== integer(minReadySeconds, 0);
  const set = changed
    ? view.context.cluster.update(
        REPLICA_SETS,
        {
          ...existing,
          metadata: { ...existing.metadata, annotations },
          spec: { ...existing.spec, minReadySeconds },
        },
        MANAGER,
      )
    : existing;
  view.annotate(REVISION, annotations[REVISION] ?? '');
  const known = conditionOf(view.status['conditions'], 'Progressing');
  if (view.progressDeadline !== undefined && known === undefined)
    writeProgress(view, 'True', 'FoundNewReplicaSet', `Found new replica set "${set.metadata.name}"`);
  return set;
}

function createSet(view: DeploymentView, old: readonly KubeObject[], revision: number): KubeObject {
  const { cluster } = view.context;
  const set = draftSet(view, old, revision);
  let created: KubeObject;
  try {
    created = cluster.create(REPLICA_SETS, set, MANAGER);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal !== undefined) onRefusedSet(view, set.metadata.name, refusal);
    throw error;
  }
  const replicas = integer(set.spec?.['replicas'], 0);
  if (replicas > 0)
    view.report(
      'Normal',
      'ScalingReplicaSet',
      `Scaled up replica set ${set.metadata.name} from 0 to ${replicas}`,
    );
  view.annotate(REVISION, String(revision));
  if (view.progressDeadline !== undefined)
    writeProgress(view, 'True', 'NewReplicaSetCreated', `Created new replica set "${set.metadata.name}"`);
  return created;
}

function draftSet(view: DeploymentView, old: readonly KubeObject[], revision: number): KubeObject {
  const template = record(view.spec['template']);
  const collisions = view.status['collisionCount'];
  const hash = templateHash(template, typeof collisions === 'number' ? collisions : undefined);
  const metadata = record(template['metadata']);
  const labels = { ...textMap(metadata['labels']), [HASH_LABEL]: hash };
  const selector = record(view.spec['selector']);
  const { minReadySeconds } = view.spec;
  const spec: JsonObject = {
    replicas: newSetReplicas(view.limits, 0, sizesOf(old)),
    ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
    selector: { ...selector, matchLabels: { ...textMap(selector['matchLabels']), [HASH_LABEL]: hash } },
    template: { ...template, metadata: { ...metadata, labels } },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${view.name.slice(0, 253 - 1 - hash.length)}-${hash}`,
      ...(view.namespace === undefined ? {} : { namespace: view.namespace }),
      labels,
      annotations: {
        ...newAnnotations(view, {}, revision),
        [DESIRED_REPLICAS]: String(view.limits.replicas),
        [MAX_REPLICAS]: String(view.limits.replicas + view.limits.maxSurge),
      },
      ownerReferences: [controllerReference(view.object)],
    },
    spec,
  };
}

/** A name that is taken by another template bumps the collision count; anything else is reported. Either is tried again. */
function onRefusedSet(view: DeploymentView, name: string, error: { reason: string; message: string }): void {
  if (error.reason === 'AlreadyExists') {
    const collisionCount = integer(view.status['collisionCount'], 0) + 1;
    view.writeStatus({ ...view.status, collisionCount });
    return;
  }
  const message = `Failed to create new replica set "${name}": ${error.message}`;
  if (view.progressDeadline !== undefined) writeProgress(view, 'False', 'ReplicaSetCreateError', message);
  view.report('Warning', 'ReplicaSetCreateError', message);
}

function newAnnotations(
  view: DeploymentView,
  current: Readonly<Record<string, string>>,
  revision: number,
): Record<string, string> {
  const copied = Object.entries(view.object.metadata.annotations ?? {}).filter(
    ([key]) => !NOT_COPIED.has(key),
  );
  const annotations: Record<string, string> = { ...current, ...Object.fromEntries(copied) };
  const before = current[REVISION];
  if (Number(before ?? 0) >= revision) return annotations;
  annotations[REVISION] = String(revision);
  if (before !== undefined)
    annotations[REVISION_HISTORY] = appendRevision(current[REVISION_HISTORY] ?? '', before);
  return annotations;
}

function appendRevision(history: string, revision: string): string {
  const revisions = [...history.split(',').filter((item) => item !== ''), revision];
  while (revisions.join(',').length > HISTORY_LENGTH) revisions.shift();
  return revisions.join(',');
}

/** Sets the Progressing condition at once, outside the rollout's own status write. */
export function writeProgress(
  view: DeploymentView,
  status: NewCondition['status'],
  reason: string,
  message: string,
): void {
  const now = view.context.cluster.clock.now();
  const conditions = withCondition(
    view.status['conditions'],
    { type: 'Progressing', status, reason, message },
    now,
  );
  view.writeStatus({ ...view.status, conditions });
}
