/**
 * The life of a container as a table: from which stage a signal leads where, and which events the kubelet records then.
 * Reasons and messages are those of k8s.io/kubernetes v1.34 pkg/kubelet (images, kuberuntime, container/sync_result.go).
 */

export type Stage =
  /** Waits for its turn, or is looked at anew. */
  | 'blocked'
  | 'pulling'
  | 'pull-failed'
  | 'pull-back-off'
  | 'image-missing'
  | 'image-invalid'
  | 'creating'
  | 'config-error'
  | 'running'
  | 'ended'
  | 'crash-back-off'
  /** Ended for good. */
  | 'done';

export type Signal =
  | 'image-present'
  | 'image-absent'
  | 'image-forbidden'
  | 'image-unreadable'
  | 'pulled'
  | 'pull-refused'
  | 'config-refused'
  | 'started'
  | 'exited'
  | 'finished'
  | 'look-again'
  | 'hold-back'
  | 'back-off-over';

export interface EventText {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  /** `{image}`, `{container}`, `{pod}`, `{error}`, `{duration}`, `{bytes}` are filled in. */
  readonly message: string;
}

export interface Transition {
  readonly from: Stage;
  readonly signal: Signal;
  readonly to: Stage;
  readonly events: readonly EventText[];
}

const normal = (reason: string, message: string): EventText => ({ type: 'Normal', reason, message });
const warning = (reason: string, message: string): EventText => ({ type: 'Warning', reason, message });
const failed = (error: string): EventText => warning('Failed', `Error: ${error}`);
const move = (from: Stage, signal: Signal, to: Stage, ...events: EventText[]): Transition => ({
  from,
  signal,
  to,
  events,
});

const PULLING = normal('Pulling', 'Pulling image "{image}"');
const PULL_HELD = [normal('BackOff', 'Back-off pulling image "{image}"'), failed('ImagePullBackOff')];
const CRASH_HELD = warning('BackOff', 'Back-off restarting failed container {container} in pod {pod}');

export const TRANSITIONS: readonly Transition[] = [
  move(
    'blocked',
    'image-present',
    'creating',
    normal('Pulled', 'Container image "{image}" already present on machine'),
  ),
  move('blocked', 'image-absent', 'pulling', PULLING),
  move(
    'blocked',
    'image-forbidden',
    'image-missing',
    warning('ErrImageNeverPull', 'Container image "{image}" is not present with pull policy of Never'),
    failed('ErrImageNeverPull'),
  ),
  move(
    'blocked',
    'image-unreadable',
    'image-invalid',
    warning('InspectFailed', 'Failed to apply default image tag "{image}": {error}'),
    failed('InvalidImageName'),
  ),
  move(
    'pulling',
    'pulled',
    'creating',
    normal(
      'Pulled',
      'Successfully pulled image "{image}" in {duration} ({duration} including waiting). Image size: {bytes} bytes.',
    ),
  ),
  move(
    'pulling',
    'pull-refused',
    'pull-failed',
    warning('Failed', 'Failed to pull image "{image}": {error}'),
    failed('ErrImagePull'),
  ),
  move('pull-failed', 'hold-back', 'pull-back-off', ...PULL_HELD),
  move('pull-back-off', 'hold-back', 'pull-back-off', ...PULL_HELD),
  move('pull-back-off', 'back-off-over', 'pulling', PULLING),
  move('image-missing', 'look-again', 'blocked'),
  move('image-invalid', 'look-again', 'blocked'),
  move('creating', 'config-refused', 'config-error', failed('{error}')),
  move('config-error', 'look-again', 'blocked'),
  move(
    'creating',
    'started',
    'running',
    normal('Created', 'Created container: {container}'),
    normal('Started', 'Started container {container}'),
  ),
  move('running', 'exited', 'ended'),
  move('ended', 'finished', 'done'),
  move('ended', 'look-again', 'blocked'),
  move('ended', 'hold-back', 'crash-back-off', CRASH_HELD),
  move('crash-back-off', 'hold-back', 'crash-back-off', CRASH_HELD),
  move('crash-back-off', 'back-off-over', 'blocked'),
];

/** What a waiting container shows in these stages; in the others it keeps what it showed before. */
export const WAITING: Readonly<Partial<Record<Stage, { reason: string; message: string }>>> = {
  'pull-failed': { reason: 'ErrImagePull', message: '{error}' },
  'pull-back-off': {
    reason: 'ImagePullBackOff',
    message: 'Back-off pulling image "{image}": ErrImagePull: {error}',
  },
  'image-missing': {
    reason: 'ErrImageNeverPull',
    message: 'Container image "{image}" is not present with pull policy of Never',
  },
  'image-invalid': {
    reason: 'InvalidImageName',
    message: 'Failed to apply default image tag "{image}": {error}',
  },
  'config-error': { reason: 'CreateContainerConfigError', message: '{error}' },
  'crash-back-off': {
    reason: 'CrashLoopBackOff',
    message: 'back-off {backOff} restarting failed container={container} pod={pod}',
  },
};

/** The transition that `signal` causes in `stage`; undefined if it means nothing there. */
export function findTransition(stage: Stage, signal: Signal): Transition | undefined {
  return TRANSITIONS.find(({ from, signal: on }) => from === stage && on === signal);
}

/** `template` with its `{names}` filled in. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
}
