/** Takes one pod from its node's acceptance to its end: volumes, network, containers in order, status, deletion. */
import type { FoundImage } from '../../catalogue/find-image.ts';
import type { KubeObject } from '../../kube.ts';
import type { Context } from '../controller.ts';
import { integer, records, same, text } from '../fields.ts';
import { isBeingDeleted } from '../objects.ts';
import { parseStamp } from '../times.ts';
import { PODS } from '../resources.ts';
import { attempt, report } from '../refusals.ts';
import type { EventText } from './container-stages.ts';
import { ContainerWorker } from './container-worker.ts';
import { LATENCY } from './latencies.ts';
import type { Node } from './node.ts';
import { parsePodSpec, type ContainerSpec, type PodSpec } from './pod-spec.ts';
import { podStatus } from './pod-status.ts';
import type { Process } from './process.ts';
import { refuseContainer, startContainer } from './start-container.ts';
import { mountFailure } from './volumes.ts';

const MANAGER = 'kubelet';

export class PodWorker {
  readonly uid: string;
  readonly #context: Context;
  readonly #node: Node;
  readonly #spec: PodSpec;
  readonly #containers: readonly ContainerWorker[];
  readonly #startedAt: number;
  #pod: KubeObject;
  #ip: string | undefined;
  #timer: (() => void) | undefined;
  #closed = false;
  #stopping = false;

  constructor(context: Context, node: Node, pod: KubeObject) {
    this.#context = context;
    this.#node = node;
    this.#pod = pod;
    this.uid = pod.metadata.uid ?? '';
    this.#spec = parsePodSpec(pod);
    this.#startedAt = parseStamp(pod.status?.['startTime']) || context.cluster.clock.now();
    const firstReason = this.#spec.containers.some(({ role }) => role !== 'main')
      ? 'PodInitializing'
      : 'ContainerCreating';
    this.#containers = this.#spec.containers.map((spec) => this.#worker(spec, firstReason));
    if (this.#resume()) return;
    this.#write();
    this.#mount(LATENCY.mountRetry);
  }

  /** Pods that were running when the sandbox's state was kept go on where they were. */
  #resume(): boolean {
    const { phase, podIP, containerStatuses } = this.#pod.status ?? {};
    const statuses = records(containerStatuses);
    const isWhole = statuses.length === this.#containers.length;
    if (phase !== 'Running' || !isWhole || isBeingDeleted(this.#pod)) return false;
    this.#ip = text(podIP);
    return this.#containers.every((container) => {
      const status = statuses.find(({ name }) => name === container.spec.name);
      return container.resume(status ?? {});
    });
  }

  /** The object changed. */
  update(pod: KubeObject): void {
    this.#pod = pod;
    if (isBeingDeleted(pod) && !this.#stopping) this.#stop();
  }

  /** The processes that run now, by container. */
  processes(): { readonly container: string; readonly process: Process }[] {
    return this.#containers.flatMap(({ spec, process }) =>
      process === undefined ? [] : [{ container: spec.name, process }],
    );
  }

  close(): void {
    this.#closed = true;
    this.#timer?.();
    for (const container of this.#containers) container.close();
    for (const { spec } of this.#containers) this.#node.network.logs.forget(this.#logKey(spec));
  }

  #worker(spec: ContainerSpec, firstReason: string): ContainerWorker {
    const { namespace, name } = this.#pod.metadata;
    const node = this.#node;
    return new ContainerWorker(spec, {
      context: this.#context,
      podTitle: `${name}_${namespace}(${this.uid})`,
      podIP: () => this.#ip ?? '',
      firstReason,
      find: (image) => node.findImage(image),
      isPresent: (found) => node.hasImage(found),
      remember: (found) => node.keepImage(found),
      event: (container, event) => this.#event(event, container),
      refuse: (container, found) => refuseContainer(this.#context.cluster, this.#current(), container, found),
      run: (container, found, startedAt, exited) => this.#run(container, found, startedAt, exited),
      restarts: (container, code) => this.#restarts(container, code),
      changed: () => this.#changed(),
    });
  }

  /** Waits for Secrets and ConfigMaps that volumes need, then makes the pod's network. */
  #mount(retryMs: number): void {
    const failure = mountFailure(this.#context.cluster, this.#pod);
    if (failure !== undefined) {
      this.#event({ type: 'Warning', reason: 'FailedMount', message: failure });
      this.#after(retryMs, () => this.#mount(Math.min(retryMs * 2, LATENCY.mountRetryMost)));
      return;
    }
    this.#after(LATENCY.sandbox, () => {
      this.#ip = this.#node.network.nextPodIP();
      this.#changed();
    });
  }

  #changed(): void {
    if (this.#closed) return;
    this.#write();
    if (this.#stopping) this.#finish();
    else this.#advance();
  }

  /** Starts the next container whose turn it is: init containers one after the other, then the others in order. */
  #advance(): void {
    if (this.#ip === undefined) return;
    for (const container of this.#containers) {
      if (container.stage === 'blocked') {
        container.begin();
        return;
      }
      if (container.stage === 'pulling' || container.stage === 'creating') return;
      if (container.spec.role === 'init' && !container.hasSucceeded) return;
      if (container.spec.role === 'sidecar' && !container.hasStarted) return;
    }
    const main = this.#containers.filter(({ spec }) => spec.role === 'main');
    if (main.every(({ stage }) => stage === 'done'))
      for (const sidecar of this.#containers) if (sidecar.isRunning) sidecar.stop(sidecar.spec.graceMs);
  }

  #stop(): void {
    this.#stopping = true;
    this.#timer?.();
    const grace = integer(this.#pod.metadata.deletionGracePeriodSeconds, 30) * 1000;
    for (const container of this.#containers) container.stop(grace);
    this.#finish();
  }

  /** Once nothing runs any more, the object goes. */
  #finish(): void {
    if (this.#closed || this.#containers.some((container) => container.isRunning)) return;
    const { namespace, name } = this.#pod.metadata;
    this.#timer?.();
    this.#timer = this.#context.later(LATENCY.create, () => {
      attempt(() => this.#context.cluster.delete(PODS, namespace, name, { graceSeconds: 0 }));
    });
  }

  #run(
    container: ContainerSpec,
    found: FoundImage,
    startedAt: number,
    exited: (code: number) => void,
  ): Process {
    const key = this.#logKey(container);
    const { logs } = this.#node.network;
    logs.begin(key);
    return startContainer(this.#context, this.#current(), container, found, startedAt, {
      log: (text) => logs.add(key, { at: this.#context.cluster.clock.now(), text }),
      exited: (code) => {
        logs.end(key);
        exited(code);
      },
    });
  }

  #restarts({ role }: ContainerSpec, code: number): boolean {
    const { restartPolicy } = this.#spec;
    if (this.#stopping) return false;
    if (role === 'sidecar') return true;
    if (role === 'init') return code !== 0 && restartPolicy !== 'Never';
    return restartPolicy === 'Always' || (restartPolicy === 'OnFailure' && code !== 0);
  }

  /** The object with the status as it will be, for the downward API. */
  #current(): KubeObject {
    const { hostIP } = this.#node;
    return { ...this.#pod, status: { ...this.#pod.status, podIP: this.#ip, hostIP } };
  }

  #write(): void {
    const { cluster } = this.#context;
    const { namespace, name } = this.#pod.metadata;
    const pod = cluster.get(PODS, namespace, name);
    if (pod === undefined || pod.metadata.uid !== this.uid) return;
    const status = podStatus({
      spec: this.#spec,
      containers: this.#containers.map((container) => container.view()),
      generation: pod.metadata.generation,
      ip: this.#ip,
      hostIP: this.#node.hostIP,
      startedAt: this.#startedAt,
      qosClass: text(pod.status?.['qosClass']) ?? 'BestEffort',
      now: cluster.clock.now(),
      conditions: records(pod.status?.['conditions']),
    });
    if (same(pod.status, status)) return;
    const refusal = attempt(() => {
      this.#pod = cluster.updateStatus(PODS, { ...pod, status }, MANAGER);
    });
    if (refusal !== undefined) this.#after(LATENCY.relist, () => this.#changed());
  }

  #event({ type, reason, message }: EventText, container?: ContainerSpec): void {
    const list = container?.role === 'main' ? 'containers' : 'initContainers';
    const fieldPath = container === undefined ? {} : { fieldPath: `spec.${list}{${container.name}}` };
    const host = text(this.#pod.spec?.['nodeName']) ?? '';
    report(this.#context.cluster, this.#pod, {
      type,
      reason,
      message,
      component: 'kubelet',
      host,
      ...fieldPath,
    });
  }

  #after(ms: number, work: () => void): void {
    this.#timer?.();
    this.#timer = this.#context.later(ms, work);
  }

  #logKey({ name }: ContainerSpec): string {
    return logKey(this.#pod.metadata.namespace ?? '', this.#pod.metadata.name, name);
  }
}

/** Where the node keeps a container's log. */
export function logKey(namespace: string, pod: string, container: string): string {
  return `${namespace}/${pod}/${container}`;
}
