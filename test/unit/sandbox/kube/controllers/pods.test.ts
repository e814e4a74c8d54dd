/** Pure questions about pods: who is deleted first, which phase, which class, where it fits. */
import { expect, test } from 'vitest';
import type { JsonObject, KubeObject } from '../../../../../runner/sandbox/kube/kube.ts';
import { expand } from '../../../../../runner/sandbox/kube/controllers/kubelet/environment.ts';
import { parsePodSpec } from '../../../../../runner/sandbox/kube/controllers/kubelet/pod-spec.ts';
import {
  phaseOf,
  type ContainerView,
} from '../../../../../runner/sandbox/kube/controllers/kubelet/pod-status.ts';
import { amount } from '../../../../../runner/sandbox/kube/controllers/quantities.ts';
import { podsToDelete } from '../../../../../runner/sandbox/kube/controllers/replicaset/deletion-order.ts';
import { misfits } from '../../../../../runner/sandbox/kube/controllers/scheduler/fit.ts';
import { goDuration } from '../../../../../runner/sandbox/kube/controllers/times.ts';

function pod(name: string, spec: JsonObject = {}, status: JsonObject = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec,
    status,
  };
}

const ready = (since: string): JsonObject => ({
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: since }],
});

test('pods are deleted in the order of their worth', () => {
  const placed = { nodeName: 'node-1' };
  const unready = { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] };
  const cheap = pod('cheap', placed, ready('2026-01-01T00:00:05Z'));
  cheap.metadata.annotations = { 'controller.kubernetes.io/pod-deletion-cost': '-1' };
  const all = [
    pod('old', placed, ready('2026-01-01T00:00:10Z')),
    pod('young', placed, ready('2026-01-01T00:00:20Z')),
    cheap,
    pod('unready', placed, unready),
    pod('pending', placed, { phase: 'Pending' }),
    pod('unplaced', {}, { phase: 'Pending' }),
  ];
  const names = podsToDelete(all, 6).map(({ metadata }) => metadata.name);
  expect(names).toEqual(['unplaced', 'pending', 'unready', 'cheap', 'young', 'old']);
  expect(podsToDelete(all, 2)).toHaveLength(2);
});

const ending = (code: number) => ({ code, startedAt: 0, finishedAt: 1, containerID: '' });
const WAITING = { waiting: { reason: 'ContainerCreating' } };
const RUNNING = { runningSince: 1, started: true };
const done = (code: number) => ({ ended: ending(code), finished: true });

const PHASES: readonly [
  string,
  'Always' | 'OnFailure' | 'Never',
  readonly Partial<ContainerView>[],
  string,
][] = [
  ['nothing has started', 'Always', [WAITING], 'Pending'],
  ['one of two has not started', 'Always', [RUNNING, WAITING], 'Pending'],
  ['all run', 'Always', [RUNNING, RUNNING], 'Running'],
  ['back-off after a crash', 'Always', [{ ...WAITING, previous: ending(1) }], 'Running'],
  ['ended, about to restart', 'OnFailure', [{ ended: ending(1) }], 'Running'],
  ['ended well', 'Never', [done(0)], 'Succeeded'],
  ['one ended badly', 'Never', [done(0), done(2)], 'Failed'],
  ['one still runs', 'Never', [done(0), RUNNING], 'Running'],
];

test.each(PHASES)('%s (%s): phase', (_, restartPolicy, states, phase) => {
  const names = states.map((__, index) => ({ name: `c${index}` }));
  const spec = parsePodSpec(pod('p', { restartPolicy, containers: names }));
  const containers = spec.containers.map((container, index): ContainerView => ({
    spec: container,
    restarts: 0,
    started: false,
    ready: false,
    finished: false,
    containerID: '',
    image: '',
    imageID: '',
    ...states[index],
  }));
  expect(phaseOf({ spec, containers })).toBe(phase);
});

test.each([
  ['500m', 0.5],
  ['2', 2],
  ['1Gi', 1024 ** 3],
  ['1.5k', 1500],
  ['1e3', 1000],
  ['many', 0],
])('%s is %d', (quantity, expected) => {
  expect(amount(quantity)).toBe(expected);
});

const node = (spec: JsonObject = {}): KubeObject => ({
  ...pod('node', spec, { allocatable: { cpu: '2', memory: '1Gi', pods: '2' } }),
  kind: 'Node',
});

const asks = (cpu: string): KubeObject =>
  pod('p', { containers: [{ name: 'c', resources: { requests: { cpu } } }] });

test.each([
  ['room', asks('1'), node(), [asks('1')], []],
  ['no cpu left', asks('1500m'), node(), [asks('1')], ['Insufficient cpu']],
  ['too many', asks('1m'), node(), [asks('1m'), asks('1m')], ['Too many pods']],
  ['cordoned', asks('1'), node({ unschedulable: true }), [], ['node(s) were unschedulable']],
  [
    'tainted',
    asks('1'),
    node({ taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] }),
    [],
    ['node(s) had untolerated taint(s)'],
  ],
  [
    'tolerated',
    pod('p', { tolerations: [{ key: 'a', operator: 'Exists' }] }),
    node({ taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] }),
    [],
    [],
  ],
])('%s', (_, candidate, target, placed, reasons) => {
  expect(misfits(candidate, target, placed)).toEqual(reasons);
});

test.each([
  ['$(A)/$(B)', '1/2'],
  ['$(MISSING)', '$(MISSING)'],
  ['$$(A)', '$(A)'],
  ['cost: $5', 'cost: $5'],
])('%s expands to %s', (value, expected) => {
  expect(expand(value, { A: '1', B: '2' })).toBe(expected);
});

test.each([
  [0, '0s'],
  [850, '850ms'],
  [1900, '1.9s'],
  [10_000, '10s'],
  [80_000, '1m20s'],
  [300_000, '5m0s'],
  [3_600_000, '1h0m0s'],
])('%i ms is %s', (milliseconds, expected) => {
  expect(goDuration(milliseconds)).toBe(expected);
});
