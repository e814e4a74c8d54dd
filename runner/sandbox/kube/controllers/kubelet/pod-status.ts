/** A pod's status from the state of its containers: phase, conditions and container statuses (kubelet_pods.go, status/generate.go). */
import type { JsonObject } from '../../kube.ts';
import { stamp } from '../times.ts';
import type { ContainerSpec, PodSpec } from './pod-spec.ts';

export interface Ending {
  readonly code: number;
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly containerID: string;
}

/** What a container shows. */
export interface ContainerView {
  readonly spec: ContainerSpec;
  readonly waiting?: { readonly reason: string; readonly message?: string | undefined } | undefined;
  /** Milliseconds since 1970. */
  readonly runningSince?: number | undefined;
  readonly ended?: Ending | undefined;
  readonly previous?: Ending | undefined;
  readonly restarts: number;
  readonly started: boolean;
  readonly ready: boolean;
  /** It has ended and will not run again. */
  readonly finished: boolean;
  readonly containerID: string;
  readonly image: string;
  readonly imageID: string;
}

export interface PodView {
  readonly spec: PodSpec;
  readonly containers: readonly ContainerView[];
  readonly generation: number | undefined;
  /** Undefined until the pod has its network. */
  readonly ip: string | undefined;
  readonly hostIP: string;
  readonly startedAt: number;
  readonly qosClass: string;
  readonly now: number;
  /** The conditions of the last status: unchanged ones keep their transition times. */
  readonly conditions: readonly JsonObject[];
}

export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

export function phaseOf({ spec, containers }: Pick<PodView, 'spec' | 'containers'>): Phase {
  const init = containers.filter((container) => container.spec.role === 'init');
  const failedInit = init.some((container) => container.finished && container.ended?.code !== 0);
  if (failedInit && spec.restartPolicy === 'Never') return 'Failed';
  const main = containers.filter((container) => container.spec.role === 'main');
  const untouched = main.some(
    (container) => container.waiting !== undefined && container.previous === undefined,
  );
  if (!isInitialized(containers) || untouched) return 'Pending';
  if (main.some((container) => container.runningSince !== undefined)) return 'Running';
  if (spec.restartPolicy === 'Always' || !main.every((container) => container.finished)) return 'Running';
  return main.every((container) => container.ended?.code === 0) ? 'Succeeded' : 'Failed';
}

/** All init containers are through (sidecars: started), or a main container has been running. */
export function isInitialized(containers: readonly ContainerView[]): boolean {
  const begun = containers.some(
    ({ spec, runningSince, ended, previous }) =>
      spec.role === 'main' && (runningSince ?? ended ?? previous) !== undefined,
  );
  return begun || containers.every((container) => isInitDone(container));
}

function isInitDone({ spec, started, finished, ended }: ContainerView): boolean {
  if (spec.role === 'main') return true;
  return spec.role === 'sidecar' ? started : finished && ended?.code === 0;
}

/** The whole status, for `updateStatus`. */
export function podStatus(view: PodView): JsonObject {
  const phase = phaseOf(view);
  const statuses = (main: boolean): JsonObject[] =>
    view.containers
      .filter(({ spec }) => (spec.role === 'main') === main)
      .map((container) => containerStatus(container));
  const init = statuses(false);
  return {
    ...(view.generation === undefined ? {} : { observedGeneration: view.generation }),
    phase,
    conditions: podConditions(view, phase),
    hostIP: view.hostIP,
    hostIPs: [{ ip: view.hostIP }],
    ...(view.ip === undefined ? {} : { podIP: view.ip, podIPs: [{ ip: view.ip }] }),
    startTime: stamp(view.startedAt),
    ...(init.length > 0 ? { initContainerStatuses: init } : {}),
    containerStatuses: statuses(true),
    qosClass: view.qosClass,
  };
}

function containerStatus(view: ContainerView): JsonObject {
  const { spec, waiting, runningSince, ended, previous } = view;
  let state: JsonObject;
  if (waiting !== undefined)
    state = {
      waiting: {
        reason: waiting.reason,
        ...(waiting.message === undefined ? {} : { message: waiting.message }),
      },
    };
  else if (runningSince !== undefined) state = { running: { startedAt: stamp(runningSince) } };
  else state = ended === undefined ? {} : { terminated: terminated(ended) };
  return {
    name: spec.name,
    state,
    lastState: previous === undefined ? {} : { terminated: terminated(previous) },
    ready: view.ready,
    restartCount: view.restarts,
    image: view.image,
    imageID: view.imageID,
    ...(view.containerID === '' ? {} : { containerID: view.containerID }),
    started: view.started,
  };
}

function terminated({ code, startedAt, finishedAt, containerID }: Ending): JsonObject {
  return {
    exitCode: code,
    reason: code === 0 ? 'Completed' : 'Error',
    startedAt: stamp(startedAt),
    finishedAt: stamp(finishedAt),
    containerID,
  };
}

interface Verdict {
  readonly type: string;
  readonly ok: boolean;
  readonly reason?: string;
  readonly message?: string;
}

function podConditions(view: PodView, phase: Phase): JsonObject[] {
  const verdicts: readonly Verdict[] = [
    { type: 'PodReadyToStartContainers', ok: view.ip !== undefined && !isOver(phase) },
    initialized(view, phase),
    { ...containersReady(view, phase), type: 'Ready' },
    { ...containersReady(view, phase), type: 'ContainersReady' },
    { type: 'PodScheduled', ok: true },
  ];
  return verdicts.map(({ type, ok, reason, message }) => {
    const status = ok ? 'True' : 'False';
    const before = view.conditions.find((condition) => condition['type'] === type);
    return {
      type,
      ...(view.generation === undefined ? {} : { observedGeneration: view.generation }),
      status,
      lastProbeTime: null,
      lastTransitionTime: before?.['status'] === status ? before['lastTransitionTime'] : stamp(view.now),
      ...(reason === undefined ? {} : { reason }),
      ...(message === undefined ? {} : { message }),
    };
  });
}

const isOver = (phase: Phase): boolean => phase === 'Succeeded' || phase === 'Failed';

function initialized({ containers }: PodView, phase: Phase): Verdict {
  const type = 'Initialized';
  if (phase === 'Succeeded') return { type, ok: true, reason: 'PodCompleted' };
  if (isInitialized(containers)) return { type, ok: true };
  const names = containers.filter((view) => !isInitDone(view)).map(({ spec }) => spec.name);
  const message = `containers with incomplete status: [${names.join(' ')}]`;
  return { type, ok: false, reason: 'ContainersNotInitialized', message };
}

function containersReady({ containers }: PodView, phase: Phase): Omit<Verdict, 'type'> {
  if (phase === 'Succeeded') return { ok: false, reason: 'PodCompleted' };
  if (phase === 'Failed') return { ok: false, reason: 'PodFailed' };
  const unready = containers.filter(({ spec, ready }) => spec.role !== 'init' && !ready);
  if (unready.length === 0) return { ok: true };
  const names = unready.map(({ spec }) => spec.name).join(' ');
  return {
    ok: false,
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${names}]`,
  };
}
