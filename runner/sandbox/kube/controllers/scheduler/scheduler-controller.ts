/** Places pods on nodes: one cycle per pod, as kube-scheduler does, with its events and conditions. */
import type { JsonObject, KubeObject } from '../../kube.ts';
import type { Context, Controller, Key } from '../controller.ts';
import { records, text } from '../fields.ts';
import { condition, getByKey, isActive, isBeingDeleted, keyOf } from '../objects.ts';
import { report } from '../refusals.ts';
import { NODES, PODS, isResource } from '../resources.ts';
import { stamp } from '../times.ts';
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
      if (isResource(resource, NODES)) return pending();
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
  const pods = cluster.list(PODS);
  const reasons: string[][] = [];
  for (const node of nodes) {
    const { name } = node.metadata;
    const placed = pods.filter((other) => other.spec?.['nodeName'] === name && !isOver(other));
    const why = misfits(pod, node, placed);
    if (why.length === 0) {
      const bound = cluster.update(PODS, { ...pod, spec: { ...pod.spec, nodeName: name } }, MANAGER);
      const message = `Successfully assigned ${keyOf(pod)} to ${name}`;
      const event = { type: 'Normal', reason: 'Scheduled', action: 'Binding' } as const;
      report(cluster, bound, { ...event, ...REPORTER, message });
      return;
    }
    reasons.push(why);
  }
  const resolvable = nodes.some((node) => couldPreempt(pod, node));
  const message = unschedulableMessage(reasons, resolvable);
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
