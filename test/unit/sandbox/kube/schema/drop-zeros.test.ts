/** Expected values: what a real API server answers to a POST of such objects. */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../../runner/sandbox/kube/kube.ts';
import { dropZeros } from '../../../../../runner/sandbox/kube/schema/drop-zeros.ts';

const cases: readonly [kind: string, object: JsonObject, printed: JsonObject][] = [
  [
    'ConfigMap',
    { metadata: { labels: {}, annotations: { a: '' } }, data: {} },
    { metadata: { annotations: { a: '' } } },
  ],
  ['ConfigMap', { immutable: false, binaryData: { a: '' } }, { immutable: false, binaryData: { a: '' } }],
  ['ServiceAccount', { secrets: [], imagePullSecrets: [{ name: '' }] }, { imagePullSecrets: [{}] }],
  [
    'Service',
    { spec: { externalIPs: [], ports: [{ name: '', port: 80, targetPort: 0 }] } },
    { spec: { ports: [{ port: 80, targetPort: 0 }] } },
  ],
  [
    'Pod',
    { spec: { containers: [{ name: '', image: '', resources: {}, tty: false }] } },
    { spec: { containers: [{ name: '', resources: {} }] } },
  ],
];

test.each(cases)('%s %j', (kind, object, printed) => {
  expect(dropZeros({ group: '', version: 'v1', kind }, object)).toEqual(printed);
});

test('a kind without a type stays as it is', () => {
  expect(dropZeros({ group: 'example.org', version: 'v1', kind: 'Foo' }, { a: '' })).toEqual({ a: '' });
});
