/** A Deployment and its ReplicaSets, parsed once per sync, with the writes that keep them current. */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Context } from '../controller.ts';
import { integer, record, same, text, textMap } from '../fields.ts';
import { report } from '../refusals.ts';
import { DEPLOYMENTS } from '../resources.ts';
import { parseStamp } from '../times.ts';
import { resolveLimits, type Limits, type SetSize } from './rollout-arithmetic.ts';

export const MANAGER = 'kube-controller-manager';
export const HASH_LABEL = 'pod-template-hash';
export const REVISION = 'deployment.kubernetes.io/revision';
export const REVISION_HISTORY = 'deployment.kubernetes.io/revision-history';
export const DESIRED_REPLICAS = 'deployment.kubernetes.io/desired-replicas';
export const MAX_REPLICAS = 'deployment.kubernetes.io/max-replicas';

/** The Deployment under work. `object` is replaced after each write, so that the next one is not stale. */
export class DeploymentView {
  readonly context: Context;
  object: KubeObject;

  constructor(context: Context, object: KubeObject) {
    this.context = context;
    this.object = object;
  }

  get spec(): JsonObject {
    return record(this.object.spec);
  }

  get status(): JsonObject {
    return record(this.object.status);
  }

  get name(): string {
    return this.object.metadata.name;
  }

  get namespace(): string | undefined {
    return this.object.metadata.namespace;
  }

  get strategy(): 'RollingUpdate' | 'Recreate' {
    return text(record(this.spec['strategy'])['type']) === 'Recreate' ? 'Recreate' : 'RollingUpdate';
  }

  get limits(): Limits {
    const rolling = record(record(this.spec['strategy'])['rollingUpdate']);
    return resolveLimits(
      this.strategy,
      integer(this.spec['replicas'], 1),
      rolling['maxSurge'],
      rolling['maxUnavailable'],
    );
  }

  get paused(): boolean {
    return this.spec['paused'] === true;
  }

  /** Seconds; undefined if progress is not watched (absent, or the largest 32-bit number). */
  get progressDeadline(): number | undefined {
    const seconds = integer(this.spec['progressDeadlineSeconds'], 2_147_483_647);
    return seconds === 2_147_483_647 ? undefined : seconds;
  }

  /** Writes the status if it differs. */
  writeStatus(status: JsonObject): void {
    if (same(this.status, status)) return;
    this.object = this.context.cluster.updateStatus(DEPLOYMENTS, { ...this.object, status }, MANAGER);
  }

  /** Saves the annotation with the status, as the real controller does: the generation stays. */
  annotate(key: string, value: string): void {
    const annotations = this.object.metadata.annotations ?? {};
    if (annotations[key] === value) return;
    const metadata = { ...this.object.metadata, annotations: { ...annotations, [key]: value } };
    this.object = this.context.cluster.updateStatus(DEPLOYMENTS, { ...this.object, metadata }, MANAGER);
  }

  report(type: 'Normal' | 'Warning', reason: string, message: string): void {
    report(this.context.cluster, this.object, { type, reason, message, component: 'deployment-controller' });
  }
}

export function replicasOf(set: KubeObject): number {
  return integer(set.spec?.['replicas'], 1);
}

export function statusCount(set: KubeObject, field: string): number {
  return integer(set.status?.[field], 0);
}

/** The revision in the annotation; 0 where there is none. */
export function revisionOf(set: KubeObject): number {
  return Number.parseInt(set.metadata.annotations?.[REVISION] ?? '0', 10) || 0;
}

/** What the arithmetic needs of `sets`, oldest first by creation, then by name. */
export function sizesOf(sets: readonly KubeObject[]): SetSize[] {
  return byAge(sets).map((set, age) => {
    const max = set.metadata.annotations?.[MAX_REPLICAS];
    return {
      name: set.metadata.name,
      replicas: replicasOf(set),
      available: statusCount(set, 'availableReplicas'),
      age,
      maxReplicas: max === undefined ? undefined : Number(max),
    };
  });
}

export function byAge(sets: readonly KubeObject[]): KubeObject[] {
  return sets.toSorted(
    (one, other) =>
      parseStamp(one.metadata.creationTimestamp) - parseStamp(other.metadata.creationTimestamp) ||
      (one.metadata.name < other.metadata.name ? -1 : 1),
  );
}

/** A pod template without the label that the controller itself adds. */
export function templateWithoutHash(template: unknown): JsonObject {
  const { metadata, ...rest } = record(template);
  const { [HASH_LABEL]: _, ...labels } = textMap(record(metadata)['labels']);
  return { ...rest, metadata: { ...record(metadata), labels } };
}
