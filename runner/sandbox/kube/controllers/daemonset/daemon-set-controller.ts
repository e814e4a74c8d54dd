/** Keeps one pod of each DaemonSet on every node that it wants (pkg/controller/daemon). */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Again, Context, Controller, Key } from '../controller.ts';
import { integer, record, same, text } from '../fields.ts';
import { getByKey, isAvailable, isBeingDeleted, isReady, keyOf } from '../objects.ts';
import { claimPods, keysOfPod } from '../pods/claim-pods.ts';
import { createInBatches } from '../pods/create-in-batches.ts';
import { createPod, deletePod } from '../pods/create-pod.ts';
import { attempt, report } from '../refusals.ts';
import { DAEMON_SETS, NODES, PODS, isResource } from '../resources.ts';
import { listRevisions, saveRevision, trimRevisions } from '../revisions.ts';
import { HASH_LABEL, draftDaemonPod, nodeOf, wantsNode } from './daemon-pod.ts';

const MANAGER = 'kube-controller-manager';
const COMPONENT = 'daemonset-controller';

export function daemonSetController(context: Context): Controller {
  const { cluster } = context;
  const all = (): Key[] => cluster.list(DAEMON_SETS).map((set) => keyOf(set));
  return {
    name: 'daemonset',
    initial: all,
    keys: ({ resource, object }) => {
      if (isResource(resource, DAEMON_SETS)) return [keyOf(object)];
      if (isResource(resource, NODES)) return all();
      return isResource(resource, PODS) ? keysOfPod(context, object, 'DaemonSet', DAEMON_SETS) : [];
    },
    sync: (key, again) => syncSet(context, key, again),
  };
}

/** A DaemonSet, its pods by node, and what its pods shall be of. */
interface SetView {
  readonly context: Context;
  readonly set: KubeObject;
  readonly wanted: ReadonlySet<string>;
  readonly pods: readonly KubeObject[];
  readonly hash: string;
  readonly minReadyMs: number;
}

function syncSet(context: Context, key: Key, again: Again): void {
  const { cluster, options } = context;
  const set = getByKey(cluster, DAEMON_SETS, key);
  if (set === undefined) return;
  const revision = saveRevision(cluster, set, listRevisions(cluster, set), HASH_LABEL);
  const hash = revision.metadata.labels?.[HASH_LABEL] ?? '';
  const nodes = cluster.list(NODES).filter((node) => wantsNode(set, node));
  const wanted = new Set(nodes.map(({ metadata }) => metadata.name));
  const minReadyMs = integer(set.spec?.['minReadySeconds'], 0) * 1000 * options.speed;
  const view: SetView = { context, set, wanted, pods: podsOf(context, set), hash, minReadyMs };
  const failure = isBeingDeleted(set) ? undefined : attempt(() => manage(view));
  const after = { ...view, pods: podsOf(context, set) };
  writeStatus(after);
  const used = new Set([hash, ...after.pods.map(({ metadata }) => metadata.labels?.[HASH_LABEL])]);
  trimRevisions(cluster, set, ({ metadata }) => used.has(metadata.labels?.[HASH_LABEL]));
  if (after.pods.some((pod) => isReady(pod) && !isAvailable(cluster, pod, minReadyMs))) again(minReadyMs);
  if (failure !== undefined) throw failure;
}

function podsOf(context: Context, set: KubeObject): KubeObject[] {
  return claimPods(context, set, () => true);
}

function manage(view: SetView): void {
  const { context, set, wanted, pods, hash } = view;
  for (const pod of pods) {
    if (isBeingDeleted(pod)) continue;
    const over = isOver(pod);
    if (over !== undefined) replaceOver(view, pod, over);
    else if (!wanted.has(nodeOf(pod))) deletePod(context, set, pod, COMPONENT);
  }
  const bare = [...wanted].filter((node) => !pods.some((pod) => nodeOf(pod) === node));
  createInBatches(bare.length, (at) =>
    createPod(context, set, draftDaemonPod(set, bare[at] ?? '', hash), COMPONENT),
  );
  if (record(set.spec?.['updateStrategy'])['type'] === 'RollingUpdate') rollNext(view);
}

function isOver(pod: KubeObject): 'Failed' | 'Succeeded' | undefined {
  const phase = text(pod.status?.['phase']);
  return phase === 'Failed' || phase === 'Succeeded' ? phase : undefined;
}

function replaceOver({ context, set }: SetView, pod: KubeObject, phase: 'Failed' | 'Succeeded'): void {
  const { name } = pod.metadata;
  const ended =
    phase === 'Failed'
      ? ({ type: 'Warning', word: 'failed' } as const)
      : ({ type: 'Normal', word: 'succeeded' } as const);
  const message = `Found ${ended.word} daemon pod ${set.metadata.namespace}/${name} on node ${nodeOf(pod)}, will try to ${phase === 'Failed' ? 'kill' : 'delete'} it`;
  const reason = `${phase}DaemonPod`;
  report(context.cluster, set, { type: ended.type, reason, message, component: COMPONENT });
  deletePod(context, set, pod, COMPONENT);
}

/** Old pods go as long as no more are away than may be; those that do not run anyway go at once. */
function rollNext(view: SetView): void {
  const { context, set, wanted, pods, hash, minReadyMs } = view;
  const rolling = record(record(set.spec?.['updateStrategy'])['rollingUpdate']);
  const most = Math.max(1, share(rolling['maxUnavailable'], wanted.size));
  const isWell = (pod: KubeObject): boolean =>
    !isBeingDeleted(pod) && isAvailable(context.cluster, pod, minReadyMs);
  const isOld = ({ metadata }: KubeObject): boolean => metadata.labels?.[HASH_LABEL] !== hash;
  const old = pods.filter((pod) => !isBeingDeleted(pod) && isOld(pod) && wanted.has(nodeOf(pod)));
  const away = [...wanted].filter((node) => !pods.some((pod) => nodeOf(pod) === node && isWell(pod)));
  for (const pod of old.filter((candidate) => !isWell(candidate))) deletePod(context, set, pod, COMPONENT);
  for (const pod of old.filter((candidate) => isWell(candidate)).slice(0, Math.max(0, most - away.length)))
    deletePod(context, set, pod, COMPONENT);
}

function share(amount: unknown, of: number): number {
  if (typeof amount === 'number') return amount;
  return Math.ceil((Number.parseInt(String(amount), 10) / 100) * of);
}

function writeStatus(view: SetView): void {
  const { context, set, wanted, pods, hash, minReadyMs } = view;
  const { cluster } = context;
  const placed = pods.filter((pod) => wanted.has(nodeOf(pod)) && !isBeingDeleted(pod));
  const available = placed.filter((pod) => isAvailable(cluster, pod, minReadyMs)).length;
  const updated = placed.filter(({ metadata }) => metadata.labels?.[HASH_LABEL] === hash).length;
  const unavailable = wanted.size - available;
  const status: JsonObject = {
    currentNumberScheduled: placed.length,
    numberMisscheduled: pods.filter((pod) => !wanted.has(nodeOf(pod))).length,
    desiredNumberScheduled: wanted.size,
    numberReady: placed.filter((pod) => isReady(pod)).length,
    observedGeneration: set.metadata.generation,
    ...(updated > 0 ? { updatedNumberScheduled: updated } : {}),
    ...(available > 0 ? { numberAvailable: available } : {}),
    ...(unavailable > 0 ? { numberUnavailable: unavailable } : {}),
  };
  if (!same(set.status, status)) cluster.updateStatus(DAEMON_SETS, { ...set, status }, MANAGER);
}
