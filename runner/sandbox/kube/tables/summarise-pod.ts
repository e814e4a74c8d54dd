/** A pod's READY, STATUS and RESTARTS, which exist in no field: a port of `printPod` in the server's printers. */
import type { JsonObject, KubeObject } from '../kube.ts';
import { numberAt, objectAt, objectsAt, textAt, valueAt } from '../schema/read-json.ts';
import { renderAge } from './column.ts';

/** The computed cells. */
export interface PodSummary {
  readonly ready: string;
  readonly status: string;
  readonly restarts: string;
}

interface Counted {
  reason: string;
  ready: number;
  restarts: number;
  /** When the last restarted container had ended, in milliseconds since 1970; 0 for never. */
  lastRestart: number;
}

let latest: { readonly pod: KubeObject; readonly now: number; readonly summary: PodSummary } | undefined;

/** `now` in milliseconds since 1970. A row asks once for each of its cells, so the last answer is kept. */
export function summarisePod(pod: KubeObject, now: number): PodSummary {
  if (latest?.pod !== pod || latest.now !== now || !Object.isFrozen(pod))
    latest = { pod, now, summary: summarise(pod, now) };
  return latest.summary;
}

function summarise(pod: KubeObject, now: number): PodSummary {
  const sidecars = new Set(
    objectsAt(pod, 'spec', 'initContainers')
      .filter((container) => textAt(container, 'restartPolicy') === 'Always')
      .map((container) => textAt(container, 'name')),
  );
  const init = countInit(pod, sidecars, reasonOfPod(pod));
  const isInitialised = isTrue(pod, 'Initialized');
  const counted = init.failed && !isInitialised ? init.all : countMain(pod, init.all, init.sidecars);
  const total = objectsAt(pod, 'spec', 'containers').length + sidecars.size;
  const { restarts, lastRestart } = counted;
  const ago = lastRestart > 0 ? renderAge(new Date(lastRestart).toISOString(), now) : '';
  return {
    ready: `${counted.ready}/${total}`,
    status: reasonOfDeletion(pod) ?? counted.reason,
    restarts: restarts !== 0 && ago !== '' ? `${restarts} (${ago} ago)` : String(restarts),
  };
}

function reasonOfPod(pod: KubeObject): string {
  const gated = objectsAt(pod, 'status', 'conditions').some(
    (condition) =>
      textAt(condition, 'type') === 'PodScheduled' && textAt(condition, 'reason') === 'SchedulingGated',
  );
  if (gated) return 'SchedulingGated';
  const reason = textAt(pod, 'status', 'reason');
  return reason === '' ? textAt(pod, 'status', 'phase') : reason;
}

function reasonOfDeletion(pod: KubeObject): string | undefined {
  if (pod.metadata.deletionTimestamp === undefined) return undefined;
  if (textAt(pod, 'status', 'reason') === 'NodeLost') return 'Unknown';
  const phase = textAt(pod, 'status', 'phase');
  return phase === 'Succeeded' || phase === 'Failed' ? undefined : 'Terminating';
}

interface InitCount {
  readonly all: Counted;
  /** Restarts of sidecars alone, which are all that count once the pod is initialised. */
  readonly sidecars: Counted;
  /** An init container has not done its part yet. */
  readonly failed: boolean;
}

function countInit(pod: KubeObject, sidecarNames: ReadonlySet<string>, reason: string): InitCount {
  const all: Counted = { reason, ready: 0, restarts: 0, lastRestart: 0 };
  const sidecars: Counted = { ...all };
  const total = objectsAt(pod, 'spec', 'initContainers').length;
  for (const [index, status] of objectsAt(pod, 'status', 'initContainerStatuses').entries()) {
    const isSidecar = sidecarNames.has(textAt(status, 'name'));
    countRestarts(all, status);
    if (isSidecar) countRestarts(sidecars, status);
    const exited = valueAt(status, 'state', 'terminated') !== undefined;
    if (exited && numberAt(status, 'state', 'terminated', 'exitCode') === 0) continue;
    if (isSidecar && valueAt(status, 'started') === true) {
      if (valueAt(status, 'ready') === true) all.ready += 1;
      continue;
    }
    all.reason = `Init:${initReason(status, exited) ?? `${index}/${total}`}`;
    return { all, sidecars, failed: true };
  }
  return { all, sidecars, failed: false };
}

function initReason(status: JsonObject, exited: boolean): string | undefined {
  if (exited) return exitReason(objectAt(status, 'state', 'terminated'));
  const waiting = textAt(status, 'state', 'waiting', 'reason');
  return waiting === '' || waiting === 'PodInitializing' ? undefined : waiting;
}

function countMain(pod: KubeObject, init: Counted, sidecars: Counted): Counted {
  const counted: Counted = { ...init, restarts: sidecars.restarts, lastRestart: sidecars.lastRestart };
  let hasRunning = false;
  for (const status of objectsAt(pod, 'status', 'containerStatuses').toReversed()) {
    countRestarts(counted, status);
    const waiting = textAt(status, 'state', 'waiting', 'reason');
    if (waiting !== '') {
      counted.reason = waiting;
    } else if (valueAt(status, 'state', 'terminated') !== undefined) {
      counted.reason = exitReason(objectAt(status, 'state', 'terminated'));
    } else if (valueAt(status, 'ready') === true && valueAt(status, 'state', 'running') !== undefined) {
      hasRunning = true;
      counted.ready += 1;
    }
  }
  if (counted.reason === 'Completed' && hasRunning) {
    counted.reason = isTrue(pod, 'Ready') ? 'Running' : 'NotReady';
  }
  return counted;
}

function countRestarts(counted: Counted, status: JsonObject): void {
  counted.restarts += numberAt(status, 'restartCount');
  const ended = Date.parse(textAt(status, 'lastState', 'terminated', 'finishedAt'));
  if (ended > counted.lastRestart) counted.lastRestart = ended;
}

function exitReason(terminated: JsonObject): string {
  const reason = textAt(terminated, 'reason');
  if (reason !== '') return reason;
  const signal = numberAt(terminated, 'signal');
  return signal === 0 ? `ExitCode:${numberAt(terminated, 'exitCode')}` : `Signal:${signal}`;
}

function isTrue(pod: KubeObject, type: string): boolean {
  const condition = objectsAt(pod, 'status', 'conditions').find((item) => textAt(item, 'type') === type);
  return condition !== undefined && textAt(condition, 'status') === 'True';
}
