/** Expected facts: the API's documented merge keys and numbers; the data is generated and this is its cross-check. */
import { describe, expect, test } from 'vitest';
import types from '../../../../../runner/sandbox/kube/data/types.json' with { type: 'json' };
import type { TypeTable } from '../../../../../runner/sandbox/kube/data/data.ts';
import { parseGo } from '../../../../../runner/sandbox/kube/data/parse-go.ts';
import { servedVersions } from '../../../../../runner/sandbox/kube/data/served-kinds.ts';
import { servedResources } from '../../../../../runner/sandbox/kube/objects/resources.ts';
import {
  findKind,
  findStruct,
  nameInGo,
  shapeOf,
} from '../../../../../runner/sandbox/kube/schema/find-type.ts';

const table: TypeTable = types;

describe('the type table', () => {
  test('is closed: every type that it names is there', () => {
    for (const type of Object.values(table.types)) {
      for (const field of [...Object.values(type.fields), ...(type.inline ?? [])]) {
        expect(() => shapeOf(field.type.replace(/^(?:\[\]|\{\})+/v, ''))).not.toThrow();
      }
    }
  });

  test('knows every served kind', () => {
    for (const { group, version, kinds, bodies } of servedVersions) {
      for (const kind of [...kinds, ...bodies]) expect(findKind({ group, version, kind })).toBeDefined();
    }
  });

  test('has no field number twice in one message', () => {
    for (const [name, { fields, inline = [] }] of Object.entries(table.types)) {
      const numbers = [...Object.values(fields), ...inline].flatMap(({ number }) => number ?? []);
      expect(new Set(numbers).size, name).toBe(numbers.length);
    }
  });

  test.each([
    [
      'core.v1.Container',
      'ports',
      { patch: ['merge'], patchKey: 'containerPort', list: 'map', keys: ['containerPort', 'protocol'] },
    ],
    [
      'core.v1.PodSpec',
      'volumes',
      { patch: ['merge', 'retainKeys'], patchKey: 'name', list: 'map', keys: ['name'] },
    ],
    ['core.v1.PodSpec', 'nodeSelector', { map: 'atomic' }],
    ['core.v1.ServiceSpec', 'ports', { patchKey: 'port', keys: ['port', 'protocol'] }],
    ['core.v1.EphemeralContainer', 'env', { patchKey: 'name', list: 'map' }],
    ['apps.v1.DeploymentSpec', 'strategy', { patch: ['retainKeys'] }],
    ['apps.v1.DeploymentSpec', 'replicas', { type: 'int32', number: 1, pointer: true }],
    ['meta.v1.ObjectMeta', 'finalizers', { patch: ['merge'], list: 'set' }],
    ['meta.v1.ObjectMeta', 'uid', { type: 'string', go: 'types.UID' }],
    ['core.v1.ResourceRequirements', 'limits', { type: '{}quantity', go: 'v1.ResourceList' }],
  ])('%s.%s', (type, field, facts) => {
    expect(findStruct(type).fields[field]).toMatchObject(facts);
  });

  test('keeps embedded structs for the wire, and their fields for JSON', () => {
    const volume = findStruct('core.v1.Volume');
    expect(volume.inline).toEqual([{ type: 'core.v1.VolumeSource', number: 2 }]);
    expect(volume.fields['secret']).toEqual({ type: 'core.v1.SecretVolumeSource', pointer: true });
  });

  test('names types as Go does', () => {
    expect(nameInGo('[]core.v1.Container')).toBe('[]v1.Container');
    expect(nameInGo('{}bytes')).toBe('map[string][]uint8');
  });
});

test('discovery holds the served resources with their subresources', () => {
  const deployments = servedResources.find(({ resource }) => resource === 'deployments');
  expect(deployments).toMatchObject({
    group: 'apps',
    kind: 'Deployment',
    singular: 'deployment',
    shortNames: ['deploy'],
    namespaced: true,
    categories: ['all'],
  });
  expect(deployments?.subresources).toEqual([
    { name: 'scale', group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: ['get', 'patch', 'update'] },
    { name: 'status', group: 'apps', version: 'v1', kind: 'Deployment', verbs: ['get', 'patch', 'update'] },
  ]);
});

test('parseGo reads fields, tags, imports and named types', () => {
  const source = [
    'import (',
    '\tmetav1 "k8s.io/apimachinery/pkg/apis/meta/v1"',
    ')',
    'type Mode string',
    '// Thing is a thing.',
    'type Thing struct {',
    '\tmetav1.TypeMeta `json:",inline"`',
    '\t// Ports. +listType=map',
    '\tPorts []Port `json:"ports,omitempty" patchStrategy:"merge" patchMergeKey:"port" protobuf:"bytes,3,rep,name=ports"`',
    '\tSize *int32 `json:"size" protobuf:"varint,4,opt,name=size"`',
    '\thidden string',
    '}',
    '',
  ].join('\n');
  const parsed = parseGo(source);
  expect([...parsed.imports]).toEqual([['metav1', 'k8s.io/apimachinery/pkg/apis/meta/v1']]);
  expect([...parsed.named]).toEqual([['Mode', 'string']]);
  expect(parsed.structs.get('Thing')).toEqual([
    { jsonName: '', type: 'metav1.TypeMeta', omitEmpty: false },
    { jsonName: 'ports', type: '[]Port', omitEmpty: true, number: 3, patch: ['merge'], patchKey: 'port' },
    { jsonName: 'size', type: '*int32', omitEmpty: false, number: 4 },
  ]);
});
