import { describe, expect, test } from 'vitest';
import { hasDrifted, overlayLive } from '../../../../runner/sandbox/worker/drift.ts';
import { nameManifest, parseManifests, renderObjects } from '../../../../runner/sandbox/worker/manifests.ts';
import { describeUnready } from '../../../../runner/sandbox/worker/readiness.ts';
import type { Manifest } from '../../../../runner/sandbox/worker/worker.ts';

const deployment = (spec: object, status: object, generation = 1): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'd', namespace: 'n', generation } as Manifest['metadata'],
  spec,
  status,
});

describe('manifests', () => {
  test('come in the order in which they can be applied, in the default namespace unless they say otherwise', () => {
    const data = [
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: one}',
      '# only a comment',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: one}',
    ].join('\n---\n');
    expect(parseManifests(data).map(nameManifest)).toEqual([
      'Namespace/one',
      'Service/default/s',
      'ConfigMap/one/c',
    ]);
    expect(parseManifests('')).toEqual([]);
  });

  test('that do not parse are refused with the parser’s words', () => {
    expect(() => parseManifests('a: [1')).toThrow(/failed to parse the unit's data/);
  });

  test('are read as the API reads them, and live texts are written so that they stay texts', () => {
    const data =
      'kind: ConfigMap\nmetadata: {name: c}\ndata: {a: yes, b: 0644, c: "on", d: "1_000", e: 12:30}\n';
    const [manifest] = parseManifests(data);
    expect(manifest).toMatchObject({ data: { a: true, b: 420, c: 'on', d: '1_000', e: '12:30' } });
    const texts = { a: 'yes', b: '0644', c: 'on', d: '1_000', e: 'N' };
    const live = { kind: 'ConfigMap', metadata: { name: 'c' }, data: texts } as unknown as Manifest;
    expect(parseManifests(renderObjects([live]))).toMatchObject([{ data: texts }]);
  });

  test('become a live state without status and what the API server notes', () => {
    const live = deployment({ replicas: 1 }, { replicas: 1 });
    Object.assign(live.metadata, {
      managedFields: [{ manager: 'confighub' }],
      uid: 'u',
      resourceVersion: '7',
    });
    const text = renderObjects([live, live]);
    expect(text).not.toMatch(/managedFields|status|uid|resourceVersion/);
    expect(text.split('---\n')).toHaveLength(2);
  });
});

describe('readiness', () => {
  const ready = {
    observedGeneration: 1,
    replicas: 2,
    updatedReplicas: 2,
    availableReplicas: 2,
    readyReplicas: 2,
  };
  test.each<[string, Manifest | undefined, string | undefined]>([
    ['a complete deployment', deployment({ replicas: 2 }, ready), undefined],
    ['one that is not there', undefined, 'not found'],
    [
      'a spec that the controller has not seen',
      deployment({ replicas: 2 }, ready, 2),
      'generation not observed',
    ],
    ['old pods', deployment({ replicas: 2 }, { ...ready, updatedReplicas: 1 }), 'updated: 1/2'],
    [
      'surplus pods',
      deployment({ replicas: 2 }, { ...ready, replicas: 3 }),
      'old replicas pending termination',
    ],
    [
      'pods that are not available',
      deployment({ replicas: 2 }, { ...ready, availableReplicas: 0 }),
      'available: 0/2',
    ],
    ['no status at all', deployment({ replicas: 2 }, {}), 'updated: 0/2'],
    ['a config map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' } }, undefined],
  ])('%s', (_name, live, expected) => {
    expect(describeUnready(live)).toBe(expected);
  });
});

describe('drift', () => {
  const desired = { spec: { replicas: 2, cpu: '0.5', ports: [{ port: 80 }], list: [1, 2] } };
  const applied = {
    spec: { replicas: 2, cpu: '500m', ports: [{ port: 80, protocol: 'TCP' }], list: [1, 2], extra: true },
  };
  test.each<[string, (live: typeof applied) => void, unknown]>([
    ['defaults and canonical forms are none', () => undefined, desired],
    [
      'a changed field shows its live value',
      (live) => void (live.spec.replicas = 5),
      { spec: { ...desired.spec, replicas: 5 } },
    ],
    ['a field that the unit does not name is none', (live) => void (live.spec.extra = false), desired],
    [
      'a longer list comes whole',
      (live) => void live.spec.list.push(3),
      { spec: { ...desired.spec, list: [1, 2, 3] } },
    ],
  ])('%s', (_name, change, expected) => {
    const live = structuredClone(applied);
    change(live);
    const overlaid = overlayLive(desired, applied, live);
    expect(overlaid).toEqual(expected);
    expect(hasDrifted(desired as unknown as Manifest, overlaid)).toBe(expected !== desired);
  });
});
