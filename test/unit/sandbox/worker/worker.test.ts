import { describe, expect, test } from 'vitest';
import { patchDrift } from '../../../../runner/sandbox/worker/drift.ts';
import { byRank, nameManifest, renderObjects } from '../../../../runner/sandbox/worker/manifests.ts';
import { readObjects } from '../../../../runner/sandbox/worker/read-objects.ts';
import type { Manifest } from '../../../../runner/sandbox/worker/worker.ts';

const deployment = (spec: object, status: object, generation = 1): Manifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'd', namespace: 'n', generation } as Manifest['metadata'],
  spec,
  status,
});

describe('manifests', () => {
  test('come in the order in which they can be applied', () => {
    const data = [
      'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: v}',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}',
      'apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: b}',
      'apiVersion: v1\nkind: Service\nmetadata: {name: t, namespace: a}',
      '# only a comment',
      'apiVersion: v1\nkind: Namespace\nmetadata: {name: one}',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: one}',
    ].join('\n---\n');
    expect(readObjects(data).toSorted(byRank).map(nameManifest)).toEqual([
      'Namespace/one',
      'ConfigMap/one/c',
      'Service/a/t',
      'Service/b/s',
      'Pod/p',
      'ValidatingWebhookConfiguration/v',
    ]);
    expect(readObjects('')).toEqual([]);
  });

  test.each<[string, string, readonly string[]]>([
    ['no version', 'kind: ConfigMap\nmetadata: {name: a}', []],
    ['no name', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {generateName: a}', []],
    ['a number for a name', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: 1}', []],
    [
      'a kustomization',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: k}',
      [],
    ],
    [
      'a list',
      'apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: A, metadata: {name: a}}, {kind: B}]',
      ['A/a', 'B/'],
    ],
    ['an empty list', 'kind: List\nitems: []', []],
    ['no list of items', 'apiVersion: v1\nkind: Listed\nitems: 3\nmetadata: {name: q}', ['Listed/q']],
  ])('are read as the original reads them: %s', (_what, data, names) => {
    expect(readObjects(data).map(nameManifest)).toEqual(names);
  });

  test.each([
    ['a: [1', /^failed to parse YAML resources: error converting YAML to JSON: /],
    ['a: 1', /^failed to parse YAML resources: Object 'Kind' is missing in '\{"a":1\}'$/],
    ['- 1', /^failed to parse YAML resources: /],
    [
      'apiVersion: v1\nkind: List\nitems: [1]',
      /^failed to parse YAML resources: items member is not an object/,
    ],
  ])('that are no objects are refused: %j', (data, message) => {
    expect(() => readObjects(data)).toThrow(message);
  });

  test('are read as the API reads them, and live texts are written so that they stay texts', () => {
    const data =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: yes, b: 0644, c: "on", d: "1_000", e: 12:30}\n';
    const [manifest] = readObjects(data);
    expect(manifest).toMatchObject({ data: { a: true, b: 420, c: 'on', d: '1_000', e: '12:30' } });
    const texts = { a: 'yes', b: '0644', c: 'on', d: '1_000', e: 'N' };
    const live = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c' },
      data: texts,
    } as unknown as Manifest;
    expect(readObjects(renderObjects([live]))).toMatchObject([{ data: texts }]);
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

  test('become a live state that every parser reads alike', () => {
    const data = {
      truth: 'yes',
      mode: '0644',
      bin: '0b11',
      sum: '1_000',
      plain: 'text',
      when: '2026-01-01T00:00:00Z',
    };
    const text = renderObjects([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data }]);
    expect(text).toContain(
      'bin: "0b11"\n  mode: "0644"\n  plain: text\n  sum: "1_000"\n  truth: "yes"\n  when: "2026-01-01T00:00:00Z"\n',
    );
  });
});

describe('drift', () => {
  const live = (more: string): string =>
    `apiVersion: v1\ndata:\n  a: "1"\n${more}kind: ConfigMap\nmetadata:\n  name: c\n  namespace: default\n`;
  const data = '# settings\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\ndata:\n  a: "1" # first\n';
  test.each<[string, string, string, string | undefined]>([
    ['nothing changed', live(''), live(''), undefined],
    ['what the cluster added by itself before is none', live('  own: x\n'), live('  own: x\n'), undefined],
    ['a field that the unit does not name', live(''), live('  extra: x\n'), `${data}  extra: x\n`],
    ['a field that is gone again', live('  extra: x\n'), live(''), data],
    ['a changed field', live(''), live('').replace('"1"', '"2"'), data.replace('"1"', '"2"')],
    [
      'annotations that changed, of which the unit has none',
      live('').replace('metadata:\n', 'metadata:\n  annotations:\n    own: x\n    revision: "1"\n'),
      live('').replace(
        'metadata:\n',
        'metadata:\n  annotations:\n    own: x\n    revision: "2"\n    who: me\n',
      ),
      data.replace('  name: c\n', '  name: c\n  annotations:\n    revision: "2"\n    who: me\n'),
    ],
    [
      'new fields come last, whatever the order of the live ones',
      live(''),
      live('').replace('kind:', 'immutable: true\nkind:'),
      `${data}immutable: true\n`,
    ],
  ])('%s', (_name, before, now, expected) => {
    expect(patchDrift(before, now, data)).toBe(expected);
  });

  test('is all that is live where nothing is known of before', () => {
    const patched = patchDrift('', live('  extra: x\n'), data);
    expect(patched).toContain('# settings');
    expect(patched).toContain('  namespace: default\n');
    expect(patched).toContain('  extra: x\n');
  });
});
