/** What kubectl needs of the documents was found by trying with kubectl 1.31 to 1.35. */
import { describe, expect, test } from 'vitest';
import { openapiV2Type, renderOpenapiV2 } from '../../../../../runner/sandbox/kube/openapi/v2.ts';
import {
  hashOpenapi,
  renderOpenapi,
  renderOpenapiIndex,
} from '../../../../../runner/sandbox/kube/openapi/v3.ts';
import { servedResources } from '../../../../../runner/sandbox/kube/objects/resources.ts';

const groupVersions = [
  ...new Set(servedResources.map(({ group, version }) => (group === '' ? version : `${group}/${version}`))),
];

describe('the OpenAPI v3 documents', () => {
  test('stand in the index, each at a URL with its hash', () => {
    const { paths } = renderOpenapiIndex(servedResources);
    expect(Object.keys(paths as object)).toHaveLength(groupVersions.length);
    expect(paths).toMatchObject({
      'api/v1': { serverRelativeURL: `/openapi/v3/api/v1?hash=${hashOpenapi(servedResources, 'v1')}` },
      'apis/apps/v1': {
        serverRelativeURL: `/openapi/v3/apis/apps/v1?hash=${hashOpenapi(servedResources, 'apps/v1')}`,
      },
    });
    expect(hashOpenapi(servedResources, 'v1')).toMatch(/^[0-9A-F]{8}$/v);
    expect(hashOpenapi(servedResources, 'v1')).not.toBe(hashOpenapi(servedResources, 'apps/v1'));
  });

  test('say of a PATCH that fields are validated here, and never list strategic merge', () => {
    const { paths } = renderOpenapi(servedResources, 'apps/v1');
    const operation = (paths as Record<string, { patch: object }>)[
      '/apis/apps/v1/namespaces/{namespace}/deployments/{name}'
    ];
    expect(operation?.patch).toMatchObject({
      'x-kubernetes-group-version-kind': { group: 'apps', version: 'v1', kind: 'Deployment' },
      parameters: [
        { name: 'dryRun' },
        { name: 'fieldManager' },
        { name: 'fieldValidation' },
        { name: 'force' },
      ],
    });
    expect(JSON.stringify(groupVersions.map((of) => renderOpenapi(servedResources, of)))).not.toContain(
      'strategic',
    );
  });

  test.each(groupVersions)('%s refers to no schema that it lacks', (groupVersion) => {
    const text = JSON.stringify(renderOpenapi(servedResources, groupVersion));
    const document = JSON.parse(text) as { components: { schemas: object } };
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/gv)) {
      expect(document.components.schemas).toHaveProperty([name]);
    }
  });

  test('mark a kind on its schema, for explain', () => {
    expect(renderOpenapi(servedResources, 'v1')).toMatchObject({
      components: {
        schemas: {
          'io.k8s.api.core.v1.Pod': {
            'x-kubernetes-group-version-kind': [{ group: '', version: 'v1', kind: 'Pod' }],
          },
          'io.k8s.api.core.v1.ContainerPort': {
            required: ['containerPort'],
            properties: { containerPort: { type: 'integer', format: 'int32' } },
          },
        },
      },
    });
  });

  test('are empty for what is not served', () => {
    expect(renderOpenapi(servedResources, 'example.org/v1')).toMatchObject({
      paths: {},
      components: { schemas: {} },
    });
  });
});

test('the OpenAPI v2 document is a well-formed protobuf message without paths', () => {
  const text = String.fromCharCode(...renderOpenapiV2());
  expect(text).toBe('\x0a\x032.0\x12\x19\x0a\x0aKubernetes\x12\x0bunversionedB\0J\0');
  expect(openapiV2Type).not.toContain('@');
});
