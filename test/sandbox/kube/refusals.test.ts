/** The common mistakes in manifests, refused in the words that a real API server of the same version was seen to use. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../runner/sandbox/kube/kube.ts';
import { servedResources } from '../../../runner/sandbox/kube/objects/resources.ts';
import { openKubeServer, type KubeServer, type Reply } from '../../helper/kube-server.ts';

interface Refusal {
  readonly body: JsonObject;
  readonly code: number;
  readonly message?: string;
  readonly causes?: readonly string[];
}

const fixture = new URL('../../fixtures/sandbox/kube/refusals.json', import.meta.url);
const refusals = JSON.parse(readFileSync(fixture, 'utf8')) as Refusal[];

let server: KubeServer;
beforeAll(async () => {
  server = await openKubeServer();
});
afterAll(() => server.close());

const causesOf = (reply: Reply): string[] => {
  const { causes = [] } = reply.body['details'] as { causes?: { field: string; message: string }[] };
  return causes.map(({ field, message }) => `${field}: ${message}`);
};

function collection(body: JsonObject): string {
  const entry = servedResources.find(({ kind }) => kind === body['kind']);
  const root = entry?.group === '' ? '/api/v1' : `/apis/${entry?.group}/v1`;
  return entry?.namespaced === false
    ? `${root}/${entry.resource}`
    : `${root}/namespaces/default/${entry?.resource}`;
}

describe('creating', () => {
  for (const { body, code, message, causes } of refusals) {
    test(message ?? causes?.join('; ') ?? '', async () => {
      const reply = await server.call(`POST ${collection(body)}?fieldValidation=Strict`, { body });
      expect(reply.status).toBe(code);
      if (message !== undefined) expect(reply.body['message']).toBe(message);
      if (causes !== undefined) expect(causesOf(reply)).toEqual(causes);
    });
  }
});

const selector = { matchLabels: { app: 'a' } };
const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [{ name: 'a', image: 'a' }] } };

/** A first body, a merge patch, and the causes of its refusal. */
const updates: readonly [JsonObject, JsonObject, readonly string[]][] = [
  [
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'fixed' }, spec: { selector, template } },
    { spec: { selector: { matchLabels: { app: 'b' } } } },
    [
      'spec.template.metadata.labels: Invalid value: {"app":"a"}: `selector` does not match template `labels`',
      'spec.selector: Invalid value: {"matchLabels":{"app":"b"}}: field is immutable',
    ],
  ],
  [
    { apiVersion: 'v1', kind: 'Service', metadata: { name: 'fixed' }, spec: { ports: [{ port: 80 }] } },
    { spec: { clusterIP: '10.96.1.1' } },
    ['spec.clusterIPs[0]: Invalid value: ["10.96.1.1"]: may not change once set'],
  ],
  [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'fixed' }, immutable: true, data: { a: '1' } },
    { data: { a: '2' } },
    ['data: Forbidden: field is immutable when `immutable` is set'],
  ],
  [
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'fixed' } },
    { type: 'foo' },
    ['type: Invalid value: "foo": field is immutable'],
  ],
  [
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'fixed' },
      roleRef: { kind: 'Role', name: 'a', apiGroup: 'rbac.authorization.k8s.io' },
    },
    { roleRef: { name: 'b' } },
    [
      'roleRef: Invalid value: {"APIGroup":"rbac.authorization.k8s.io","Kind":"Role","Name":"b"}: cannot change roleRef',
    ],
  ],
];

test.each(updates)('changing what is fixed: %j', async (body, patch, causes) => {
  expect((await server.call(`POST ${collection(body)}`, { body })).status).toBe(201);
  const headers = { 'content-type': 'application/merge-patch+json' };
  const reply = await server.call(`PATCH ${collection(body)}/fixed`, { headers, body: patch });
  expect(reply.status).toBe(422);
  expect(causesOf(reply)).toEqual(causes);
});

test('a strategic patch that does not fit is blamed on the patch as Go prints it', async () => {
  const body = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'blame' },
    spec: { selector, template },
  };
  await server.call(`POST ${collection(body)}`, { body });
  const headers = { 'content-type': 'application/strategic-merge-patch+json' };
  const blame = async (patch: JsonObject): Promise<string[]> =>
    causesOf(
      await server.call(`PATCH ${collection(body)}/blame?fieldValidation=Strict`, { headers, body: patch }),
    );
  expect(await blame({ spec: { replicas: 'two' } })).toEqual([
    'patch: Invalid value: "map[spec:map[replicas:two]]": unrecognized type: int32',
  ]);
  const containers = {
    '$setElementOrder/containers': [{ name: 'a' }],
    containers: [{ name: 'a', imagee: 'a' }],
  };
  expect(await blame({ spec: { template: { spec: containers } } })).toEqual([
    'patch: Invalid value: "map[spec:map[template:map[spec:map[]]]]": strict decoding error: unknown field "spec.template.spec.containers[0].imagee"',
  ]);
});
