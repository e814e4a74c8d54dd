/**
 * The life of a pod on a simulated node as stages of kwok: when each applies (jq on the pod), after how long, and what the
 * pod's status says then. It is the emulator's kubelet in short: containers start together, and one end is final.
 */

export interface PodStage {
  readonly name: string;
  /** A jq expression on the pod that is true where the stage applies. */
  readonly when: string;
  /** A jq expression that gives a duration (`120ms`). */
  readonly after?: string;
  readonly event?: { readonly type: 'Normal' | 'Warning'; readonly reason: string; readonly message: string };
  /** A Go template of the status, merged into the pod's; absent: the pod is deleted. */
  readonly status?: string;
}

/** Milliseconds of life, as in the emulator's kubelet. */
export interface NodeLatencies {
  readonly sandbox: number;
  readonly create: number;
  readonly refusedPull: number;
  readonly refusedNotice: number;
}

const ALIVE = '.metadata.deletionTimestamp == null';
const waiting = (reason: string): string =>
  `any(.status.containerStatuses[]?; .state.waiting.reason == "${reason}")`;
const IN_CREATION = `${ALIVE} and .status.startTime != null and .status.podIP == null`;
const RUNNING = `${ALIVE} and .status.phase == "Running" and .status.podIP != null`;
const UNFINISHED = `${RUNNING} and all(.status.containerStatuses[]; .state.running != null)`;
const ENDS = '[ends] != []';
const FAILS = 'any(ends; .fails)';
const ONCE = '(.spec.restartPolicy == "Never" or .spec.restartPolicy == "OnFailure")';

/** The stages, with times multiplied by `speed`. */
export function listPodStages(latencies: NodeLatencies, speed: number): readonly PodStage[] {
  const life = (ms: number): string => `${ms * speed} | duration`;
  const startDelay = `[.spec.containers[] | table[.image].pullMs + ${latencies.create * speed}] | add + ${latencies.sandbox * speed} | duration`;
  const readyDelay =
    '[.spec.containers[] | select(.readinessProbe) | table[.image].startMs + (.readinessProbe.initialDelaySeconds // 0) * 1000 * speed] | max // 0 | duration';
  return [
    { name: 'pod-accepted', when: `${ALIVE} and .status.startTime == null`, status: ACCEPTED },
    {
      name: 'pod-running',
      when: `${IN_CREATION} and known`,
      after: startDelay,
      event: { type: 'Normal', reason: 'Started', message: 'Started containers' },
      status: STARTED,
    },
    {
      name: 'pod-image-refused',
      when: `${IN_CREATION} and (known | not) and ${waiting('ContainerCreating')}`,
      after: life(latencies.refusedPull),
      event: { type: 'Warning', reason: 'Failed', message: 'Error: ErrImagePull' },
      status: notPulled('ErrImagePull'),
    },
    {
      name: 'pod-image-back-off',
      when: `${IN_CREATION} and (known | not) and ${waiting('ErrImagePull')}`,
      after: life(latencies.refusedNotice),
      event: { type: 'Warning', reason: 'Failed', message: 'Error: ImagePullBackOff' },
      status: notPulled('ImagePullBackOff'),
    },
    {
      name: 'pod-ready',
      when: `${UNFINISHED} and (${ENDS} | not) and any(.status.containerStatuses[]; .ready | not) and all(.spec.containers[]; passes(.))`,
      after: readyDelay,
      status: READY,
    },
    ...listEnds(),
    { name: 'pod-deleted', when: '.metadata.deletionTimestamp != null', after: life(latencies.create) },
  ];
}

/** Containers that end by themselves: for good, or to be started again, which is where a simulated pod stays. */
function listEnds(): readonly PodStage[] {
  const after = '[ends.ms] | max | duration';
  const ended = `${UNFINISHED} and ${ENDS}`;
  const event = {
    type: 'Warning',
    reason: 'BackOff',
    message: 'Back-off restarting failed container',
  } as const;
  const succeeds = `${ended} and (${FAILS} | not)`;
  const fails = `${ended} and ${FAILS}`;
  return [
    { name: 'pod-succeeded', when: `${succeeds} and ${ONCE}`, after, status: endedStatus('Succeeded', '0') },
    {
      name: 'pod-failed',
      when: `${fails} and .spec.restartPolicy == "Never"`,
      after,
      status: endedStatus('Failed', FAILURE),
    },
    { name: 'pod-restarts', when: `${succeeds} and (${ONCE} | not)`, after, event, status: crashed('0') },
    {
      name: 'pod-crashed',
      when: `${fails} and .spec.restartPolicy != "Never"`,
      after,
      event,
      status: crashed(FAILURE),
    },
  ];
}

const NAMES = '{{ range $i, $c := .spec.containers }}{{ if $i }} {{ end }}{{ $c.name }}{{ end }}';

function conditions(ready: string, reason = ''): string {
  const why = reason === '' ? '' : `, reason: ${reason}`;
  const message =
    reason === 'ContainersNotReady' ? `, message: "containers with unready status: [${NAMES}]"` : '';
  const condition = (type: string, status: string, more = ''): string =>
    `- { type: ${type}, status: "${status}", lastProbeTime: null, lastTransitionTime: {{ Now | Quote }}${more} }\n`;
  return `conditions:
${condition('PodReadyToStartContainers', 'True')}${condition('Initialized', 'True')}${condition('Ready', ready, why + message)}${condition('ContainersReady', ready, why + message)}`;
}

/** One status for each container of the spec; `$c` is the container. */
function containers(state: string, { ready = 'false', started = 'false', restarts = 0 } = {}): string {
  return `containerStatuses:
{{ range $c := .spec.containers }}
- name: {{ $c.name | Quote }}
  image: {{ $c.image | Quote }}
  imageID: ""
  ready: ${ready}
  started: ${started}
  restartCount: ${restarts}
  ${state}
{{ end }}`;
}

const ADDRESSES = `hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
podIP: {{ PodIPWith .spec.nodeName (or .spec.hostNetwork false) (or .metadata.uid "") (or .metadata.name "") (or .metadata.namespace "") | Quote }}
`;

const RUNNING_STATE = 'state: { running: { startedAt: {{ Now | Quote }} } }';

const INIT_CONTAINERS = `{{ if .spec.initContainers }}
initContainerStatuses:
{{ range $c := .spec.initContainers }}
- name: {{ $c.name | Quote }}
  image: {{ $c.image | Quote }}
  imageID: ""
  ready: true
  restartCount: 0
  {{ if eq (or $c.restartPolicy "") "Always" }}started: true
  ${RUNNING_STATE}
  {{ else }}started: false
  state: { terminated: { exitCode: 0, reason: Completed, startedAt: {{ Now | Quote }}, finishedAt: {{ Now | Quote }} } }
  {{ end }}
{{ end }}
{{ end }}`;

const ACCEPTED = `phase: Pending
startTime: {{ Now | Quote }}
hostIP: {{ NodeIPWith .spec.nodeName | Quote }}
${conditions('False', 'ContainersNotReady')}${containers('state: { waiting: { reason: ContainerCreating } }')}`;

const STARTED = `phase: Running
${ADDRESSES}${conditions('False', 'ContainersNotReady')}${INIT_CONTAINERS}
${containers(RUNNING_STATE, { started: 'true' })}`;

const READY = `${conditions('True')}containerStatuses:
{{ range .status.containerStatuses }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: true
  started: true
  restartCount: {{ .restartCount }}
  state: { running: { startedAt: {{ .state.running.startedAt | Quote }} } }
{{ end }}`;

function notPulled(reason: string): string {
  const error =
    'rpc error: code = NotFound desc = failed to pull and unpack image \\"{{ $c.image }}\\": failed to resolve reference \\"{{ $c.image }}\\": {{ $c.image }}: not found';
  const message =
    reason === 'ErrImagePull' ? error : `Back-off pulling image \\"{{ $c.image }}\\": ErrImagePull: ${error}`;
  return containers(`state: { waiting: { reason: ${reason}, message: "${message}" } }`);
}

/** The exit code that a failing container's words name, otherwise 1. */
const FAILURE =
  '{{ $exit := regexFind "exit +[1-9][0-9]*" (join " " (concat (or $c.command list) (or $c.args list))) }}{{ or (regexFind "[0-9]+" $exit) "1" }}';

function terminated(code: string): string {
  const reason = code === '0' ? 'Completed' : 'Error';
  return `terminated: { exitCode: ${code}, reason: ${reason}, startedAt: {{ Now | Quote }}, finishedAt: {{ Now | Quote }} }`;
}

function endedStatus(phase: string, code: string): string {
  const reason = phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed';
  return `phase: ${phase}\n${conditions('False', reason)}${containers(`state: { ${terminated(code)} }`)}`;
}

function crashed(code: string): string {
  const waits =
    'waiting: { reason: CrashLoopBackOff, message: "back-off 10s restarting failed container={{ $c.name }}" }';
  const state = `state: { ${waits} }\n  lastState: { ${terminated(code)} }`;
  return `${conditions('False', 'ContainersNotReady')}${containers(state, { restarts: 1 })}`;
}
