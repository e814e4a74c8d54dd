/** Places pods on nodes: one cycle per pod, as kube-scheduler does, with its events and conditions. */
import type { Cluster, JsonObject, KubeObject } from '../../kube.ts';
import type { Context, Controller, Key } from '../controller.ts';
import { records, text } from '../fields.ts';
import { condition, getByKey, isActive, isBeingDeleted, keyOf } from '../objects.ts';
import { report } from '../refusals.ts';
import { CLAIMS, NODES, PODS, isResource } from '../resources.ts';
import { stamp } from '../times.ts';
import { claimTrouble } from './pod-claims.ts';
import { couldPreempt, misfits, unschedulableMessage } from './fit.ts';

const MANAGER = 'kube-scheduler';
const COMPONENT = 'default-scheduler';
const REPORTER = { component: COMPONENT, host: `${COMPONENT}-control-plane` };

export function schedulerController(context: Context): Controller {
  const { cluster } = context;
  const pending = (): Key[] =>
    cluster
      .list(PODS)
      .filter((pod) => isPending(pod))
      .map((pod) => keyOf(pod));
  return {
    name: 'scheduler',
    initial: pending,
    keys: ({ type, resource, object }) => {
      if (isResource(resource, NODES) || isResource(resource, CLAIMS)) return pending();
      if (!isResource(resource, PODS)) return [];
      return type === 'DELETED' ? pending() : isPending(object) && type === 'ADDED' ? [keyOf(object)] : [];
    },
    sync: (key) => {
      const pod = getByKey(cluster, PODS, key);
      if (pod !== undefined && isPending(pod)) schedule(context, pod);
    },
  };
}

function isPending(pod: KubeObject): boolean {
  return (
    text(pod.spec?.['nodeName']) === undefined &&
    (text(pod.spec?.['schedulerName']) ?? COMPONENT) === COMPONENT &&
    isActive(pod)
  );
}

function schedule({ cluster }: Context, pod: KubeObject): void {
  const nodes = cluster.list(NODES).filter((node) => !isBeingDeleted(node));
  const trouble = claimTrouble(cluster, pod);
  if (trouble !== undefined) {
    refuse(cluster, pod, `0/${nodes.length} nodes are available: ${trouble}. not found`);
    return;
  }
  const running = cluster.list(PODS).filter((other) => !isOver(other));
  const byNode = Map.groupBy(running, (other) => text(other.spec?.['nodeName']));
  const choices = nodes.map((node) => {
    const placed = byNode.get(node.metadata.name) ?? [];
    return { name: node.metadata.name, placed: placed.length, why: misfits(pod, node, placed) };
  });
  const [best] = choices
    .filter(({ why }) => why.length === 0)
    .toSorted((one, other) => one.placed - other.placed);
  if (best !== undefined) {
    bind(cluster, pod, best.name);
    return;
  }
  const resolvable = nodes.some((node) => couldPreempt(pod, node));
  refuse(
    cluster,
    pod,
    unschedulableMessage(
      choices.map(({ why }) => why),
      resolvable,
    ),
  );
}

function bind(cluster: Cluster, pod: KubeObject, nodeName: string): void {
  const bound = cluster.bind(pod, nodeName);
  const message = `Successfully assigned ${keyOf(pod)} to ${nodeName}`;
  const event = { type: 'Normal', reason: 'Scheduled', action: 'Binding' } as const;
  report(cluster, bound, { ...event, ...REPORTER, message });
}

function refuse(cluster: Cluster, pod: KubeObject, message: string): void {
  const event = { type: 'Warning', reason: 'FailedScheduling', action: 'Scheduling' } as const;
  report(cluster, pod, { ...event, ...REPORTER, message });
  if (condition(pod, 'PodScheduled')?.['message'] === message) return;
  const unscheduled: JsonObject = {
    type: 'PodScheduled',
    observedGeneration: pod.metadata.generation,
    status: 'False',
    lastProbeTime: null,
    lastTransitionTime: stamp(cluster.clock.now()),
    reason: 'Unschedulable',
    message,
  };
  const others = records(pod.status?.['conditions']).filter(({ type }) => type !== 'PodScheduled');
  const status = { ...pod.status, conditions: [...others, unscheduled] };
  cluster.updateStatus(PODS, { ...pod, status }, MANAGER);
}

function isOver(pod: KubeObject): boolean {
  const phase = text(pod.status?.['phase']);
  return phase === 'Succeeded' || phase === 'Failed';
}
