/** Expected values: the sources of apimachinery's `managedfields` (lastappliedmanager, skipnonapplied, fieldmanager). */
import { describe, expect, test } from 'vitest';
import { applyServerSide } from '../../../../../runner/sandbox/kube/fields/apply.ts';
import { trackUpdate } from '../../../../../runner/sandbox/kube/fields/track-update.ts';
import type { KubeObject } from '../../../../../runner/sandbox/kube/kube.ts';

const kind = { group: '', version: 'v1', kind: 'ConfigMap' };
const time = '2030-01-01T00:00:00Z';
const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

function configMap(data: Record<string, string>, annotations?: Record<string, string>): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'x', ...(annotations === undefined ? {} : { annotations }) },
    data,
  };
}

function owned(object: KubeObject, manager: string): KubeObject {
  const managedFields = trackUpdate({ kind, after: object, manager, time });
  return { ...object, metadata: { ...object.metadata, uid: 'u', managedFields } };
}

describe('applyServerSide', () => {
  const applied = `${JSON.stringify(configMap({ a: '1' }, {}))}\n`;

  test('lets kubectl take over what its own client-side apply wrote, and refreshes the annotation', () => {
    const live = owned(configMap({ a: '1' }, { [annotation]: applied }), 'kubectl-client-side-apply');
    const result = applyServerSide({
      kind,
      live,
      config: configMap({ a: '2' }),
      manager: 'kubectl',
      force: false,
      time,
    });
    expect(result).toMatchObject({ object: { data: { a: '2' } } });
    const stored = 'object' in result ? result.object.metadata.annotations?.[annotation] : undefined;
    expect(JSON.parse(stored ?? '')).toEqual(configMap({ a: '2' }));
    expect(stored).toMatch(/^\{"apiVersion".*\n$/v);
  });

  test('does not let others, nor where the value has moved since', () => {
    const same = owned(configMap({ a: '1' }, { [annotation]: applied }), 'kubectl-client-side-apply');
    const moved = owned(configMap({ a: '3' }, { [annotation]: applied }), 'kubectl-client-side-apply');
    const config = configMap({ a: '2' });
    for (const [live, manager] of [
      [same, 'other'],
      [moved, 'kubectl'],
    ] as const) {
      expect(applyServerSide({ kind, live, config, manager, force: false, time })).toMatchObject({
        conflicts: [{ manager: 'kubectl-client-side-apply', field: '.data.a' }],
        message: 'Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using v1: .data.a',
      });
    }
  });

  test('gives an object that nobody tracked to "before-first-apply"', () => {
    const live = configMap({ a: '1' });
    const result = applyServerSide({
      kind,
      live,
      config: configMap({ a: '2' }),
      manager: 'm',
      force: false,
      time,
    });
    expect(result).toMatchObject({ conflicts: [{ manager: 'before-first-apply', field: '.data.a' }] });
  });

  test('names the subresource of a conflicting manager', () => {
    const deployments = { group: 'apps', version: 'v1', kind: 'Deployment' };
    const at = (replicas: number): KubeObject => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'x' },
      spec: { replicas },
    });
    const managedFields = [
      {
        manager: 'kubectl',
        operation: 'Update',
        apiVersion: 'apps/v1',
        subresource: 'scale',
        fieldsV1: { 'f:spec': { 'f:replicas': {} } },
      },
    ];
    const live = { ...at(1), metadata: { name: 'x', managedFields } };
    expect(
      applyServerSide({ kind: deployments, live, config: at(2), manager: 'm', force: false, time }),
    ).toMatchObject({
      message:
        'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
    });
  });
});

describe('trackUpdate', () => {
  const before = owned(configMap({ a: '1' }), 'first');

  test('keeps the entries where nothing changes, times included', () => {
    expect(trackUpdate({ kind, before, after: before, manager: 'second', time: 'later' })).toEqual(
      before.metadata.managedFields,
    );
  });

  test('takes entries from the client, and resets them for an empty list', () => {
    const managedFields = [
      { manager: 'sent', operation: 'Apply', apiVersion: 'v1', fieldsV1: { 'f:data': { 'f:a': {} } } },
    ];
    const after = { ...before, metadata: { ...before.metadata, managedFields } };
    expect(trackUpdate({ kind, before, after, manager: 'm', time })).toMatchObject([{ manager: 'sent' }]);
    const reset = { ...before, metadata: { ...before.metadata, managedFields: [] } };
    expect(trackUpdate({ kind, before, after: reset, manager: 'm', time })).toEqual([]);
  });

  test('ignores status on the object and spec on its status', () => {
    const pods = { group: '', version: 'v1', kind: 'Pod' };
    const pod = (nodeName: string, phase: string): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'x' },
      spec: { nodeName },
      status: { phase },
    });
    const start = {
      ...pod('a', 'Pending'),
      metadata: {
        name: 'x',
        uid: 'u',
        managedFields: trackUpdate({ kind: pods, after: pod('a', 'Pending'), manager: 'm', time }),
      },
    };
    expect(JSON.stringify(start.metadata.managedFields)).not.toContain('f:status');
    const update = {
      kind: pods,
      before: start,
      after: pod('b', 'Running'),
      manager: 'kubelet',
      subresource: 'status',
      time,
    };
    expect(trackUpdate(update)).toMatchObject([
      { manager: 'kubelet', subresource: 'status', fieldsV1: { 'f:status': { 'f:phase': {} } } },
      { manager: 'm', fieldsV1: { 'f:spec': { 'f:nodeName': {} } } },
    ]);
  });
});
