/** When an object counts as ready: kstatus' own rules, which the original worker waits by. */
import { describe, expect, test } from 'vitest';
import { statusOf } from '../../../../runner/sandbox/worker/readiness.ts';
import type { Status } from '../../../../runner/sandbox/worker/readiness.ts';
import type { Manifest } from '../../../../runner/sandbox/worker/worker.ts';

const live = (type: string, spec: object, status: object, more: object = {}): Manifest => {
  const at = type.lastIndexOf('/');
  const metadata = { name: 'x', namespace: 'n', generation: 1, ...more } as Manifest['metadata'];
  return { apiVersion: type.slice(0, at), kind: type.slice(at + 1), metadata, spec, status };
};
const is = (...types: string[]): object[] => types.map((type) => ({ type, status: 'True' }));
const deadline = { progressDeadlineSeconds: 600 };
const available = { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' };
const rollout = {
  observedGeneration: 1,
  replicas: 2,
  updatedReplicas: 2,
  availableReplicas: 2,
  readyReplicas: 2,
  conditions: [...is('Available'), available],
};
const deployment = (status: object, more: object = {}): Manifest =>
  live('apps/v1/Deployment', { replicas: 2, ...deadline }, { ...rollout, ...status }, more);
const sets = { replicas: 2, readyReplicas: 2, currentReplicas: 2, updatedReplicas: 2 };
const statefulSet = (status: object, spec: object = {}): Manifest =>
  live('apps/v1/StatefulSet', { replicas: 2, ...spec }, { ...sets, ...status });
const nodes = {
  observedGeneration: 1,
  desiredNumberScheduled: 1,
  currentNumberScheduled: 1,
  updatedNumberScheduled: 1,
  numberAvailable: 1,
  numberReady: 1,
};
const partition = { updateStrategy: { rollingUpdate: { partition: 1 } } };

describe('readiness', () => {
  test.each<[string, Manifest | undefined, Status]>([
    ['one that is not there', undefined, 'NotFound'],
    ['one that is being deleted', live('v1/ConfigMap', {}, {}, { deletionTimestamp: 'now' }), 'Terminating'],
    ['a complete deployment', deployment({}), 'Current'],
    ['a spec that the controller has not seen', deployment({}, { generation: 2 }), 'InProgress'],
    ['too few pods', deployment({ replicas: 1 }), 'InProgress'],
    ['old pods', deployment({ updatedReplicas: 1 }), 'InProgress'],
    ['surplus pods', deployment({ replicas: 3 }), 'InProgress'],
    ['pods that are not available', deployment({ availableReplicas: 1 }), 'InProgress'],
    ['pods that are not ready', deployment({ readyReplicas: 1 }), 'InProgress'],
    ['a rollout that has not ended', deployment({ conditions: is('Available') }), 'InProgress'],
    ['a deployment that is not available', deployment({ conditions: [available] }), 'InProgress'],
    [
      'a rollout that took too long',
      deployment({
        conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
      }),
      'Failed',
    ],
    [
      'a deployment without a deadline',
      live('apps/v1/Deployment', { replicas: 2 }, { ...rollout, conditions: is('Available') }),
      'Current',
    ],
    ['no status at all', live('apps/v1/Deployment', { replicas: 2, ...deadline }, {}), 'InProgress'],
    ['a complete stateful set', statefulSet({}), 'Current'],
    [
      'one with two revisions',
      statefulSet({ currentRevision: 'a', updateRevision: 'b', currentReplicas: 2 }),
      'InProgress',
    ],
    ['one that is updated in part, as wanted', statefulSet({ updatedReplicas: 1 }, partition), 'Current'],
    ['one that is not updated that far', statefulSet({ updatedReplicas: 0 }, partition), 'InProgress'],
    [
      'one that is updated by hand',
      statefulSet({ readyReplicas: 0 }, { updateStrategy: { type: 'OnDelete' } }),
      'Current',
    ],
    ['a complete daemon set', live('apps/v1/DaemonSet', {}, nodes), 'Current'],
    ['one that no controller has seen', live('apps/v1/DaemonSet', {}, {}), 'InProgress'],
    ['a node without its pod', live('apps/v1/DaemonSet', {}, { ...nodes, numberReady: 0 }), 'InProgress'],
    [
      'a replica set of which a pod could not be made',
      live(
        'apps/v1/ReplicaSet',
        { replicas: 2 },
        { ...rollout, fullyLabeledReplicas: 2, conditions: is('ReplicaFailure') },
      ),
      'InProgress',
    ],
    ['a claim without a volume', live('v1/PersistentVolumeClaim', {}, { phase: 'Pending' }), 'InProgress'],
    ['a bound claim', live('v1/PersistentVolumeClaim', {}, { phase: 'Bound' }), 'Current'],
    ['a ready pod', live('v1/Pod', {}, { phase: 'Running', conditions: is('Ready') }), 'Current'],
    ['a pod that is not ready', live('v1/Pod', {}, { phase: 'Running' }), 'InProgress'],
    ['a pod that ended badly', live('v1/Pod', {}, { phase: 'Failed' }), 'Current'],
    ['a job that has begun', live('batch/v1/Job', {}, { startTime: '2026-01-01T00:00:00Z' }), 'Current'],
    ['a job that has not', live('batch/v1/Job', {}, {}), 'InProgress'],
    ['a job that failed', live('batch/v1/Job', {}, { conditions: is('Failed') }), 'Failed'],
    ['a balancer without an address', live('v1/Service', { type: 'LoadBalancer' }, {}), 'InProgress'],
    ['a namespace', live('v1/Namespace', {}, { phase: 'Active' }), 'Current'],
    [
      'a resource of a custom type that is not ready',
      live('example.com/v1/Widget', {}, { conditions: [{ type: 'Ready', status: 'Unknown' }] }),
      'InProgress',
    ],
    [
      'one that is stalled',
      live('example.com/v1/Widget', {}, { conditions: is('Ready', 'Stalled') }),
      'Failed',
    ],
  ])('%s', (_name, object, expected) => {
    expect(statusOf(object)).toBe(expected);
  });
});
