/** What an import takes. The expected results were seen with the original worker against the same objects. */
import { expect, test } from 'vitest';
import { takeImported, typesToList } from '../../../../runner/sandbox/worker/import-filter.ts';
import type { ImportWishes } from '../../../../runner/sandbox/worker/import-filter.ts';
import type { Manifest, ResourceType } from '../../../../runner/sandbox/worker/worker.ts';

function object(kind: string, path: string, fields: object = {}, metadata: object = {}): Manifest {
  const [namespace = '', name = ''] = path.split('/');
  const apiVersion = kind === 'Deployment' ? 'apps/v1' : 'v1';
  const place = namespace === '' ? { name } : { name, namespace };
  return { apiVersion, kind, metadata: { ...place, ...metadata }, ...fields };
}

const pod = { template: { spec: { containers: [{ image: 'nginx' }, { image: 'sidecar' }] } } };
const OBJECTS: readonly Manifest[] = [
  object('Namespace', '/shop'),
  object('CustomResourceDefinition', '/widgets.demo.io'),
  object('ConfigMap', 'shop/settings', { data: {} }, { annotations: { team: 'a' } }),
  object('Deployment', 'shop/web', { spec: { replicas: 2, ...pod } }, { labels: { app: 'web' } }),
  object('Pod', 'shop/web-1', {}, { labels: { app: 'web' }, ownerReferences: [{ name: 'web' }] }),
  object('ConfigMap', 'other/settings'),
  object('ConfigMap', 'kube-system/sys'),
];

const include = (Type: string, ...Values: string[]): object => ({ Type, Operator: 'include', Values });
const exclude = (Type: string, ...Values: string[]): object => ({ Type, Operator: 'exclude', Values });

test.for<readonly [string, readonly object[], readonly string[], string]>([
  ['nothing: all but the system', [], [], 'shop widgets.demo.io shop/settings shop/web other/settings'],
  [
    'everything, controlled objects too',
    [],
    ['include_system'],
    'shop widgets.demo.io shop/settings shop/web shop/web-1 other/settings kube-system/sys',
  ],
  ['a namespace', [include('metadata.namespace', 'shop')], [], 'shop/settings shop/web'],
  [
    'a namespace and the system',
    [include('metadata.namespace', 'shop')],
    ['include_system'],
    'shop/settings shop/web kube-system/sys',
  ],
  ['the system alone, not asked for', [include('metadata.namespace', 'kube-system')], [], ''],
  ['without a namespace', [exclude('metadata.namespace', 'shop')], [], 'shop widgets.demo.io other/settings'],
  [
    'definitions beside a namespace',
    [include('metadata.namespace', 'other')],
    ['include_custom'],
    'widgets.demo.io other/settings',
  ],
  ['a kind', [include('kind', 'Deployment', 'Pod')], [], 'shop/web'],
  ['a type', [include('resource_type', 'v1/ConfigMap')], [], 'shop/settings other/settings'],
  ['a number', [include('spec.replicas', '2')], [], 'shop/web'],
  ['a path that is not there', [include('spec.nope', '2')], [], ''],
  ['not at a path that is not there', [exclude('spec.nope', '2'), include('kind', 'Namespace')], [], 'shop'],
  ['any element', [include('spec.template.spec.containers.*.image', 'sidecar')], [], 'shop/web'],
  ['the first element', [include('spec.template.spec.containers.0.image', 'sidecar')], [], ''],
  [
    'some element that is another',
    [exclude('spec.template.spec.containers.*.image', 'nginx'), include('kind', 'Deployment')],
    [],
    'shop/web',
  ],
  ['a label with its value', [include('metadata.labels', 'app=web')], [], 'shop/web'],
  ['another value', [include('metadata.labels', 'app=x')], [], ''],
  ['a label by path', [include('metadata.labels.app', 'web')], [], 'shop/web'],
  ['an annotation', [include('metadata.annotations', 'team')], [], 'shop/settings'],
])('asked for %s', ([, filters, options, expected]) => {
  const wishes = {
    Filters: filters,
    Options: Object.fromEntries(options.map((name) => [name, true])),
  } as ImportWishes;
  const names = takeImported(OBJECTS, wishes).map(({ metadata: { namespace, name } }) =>
    namespace === undefined ? name : `${namespace}/${name}`,
  );
  expect(names.join(' ')).toBe(expected);
});

const TYPES: readonly ResourceType[] = [
  ['ConfigMap', true],
  ['Secret', true],
  ['Event', true],
  ['SubjectAccessReview', false, 'create'],
  ['Namespace', false],
  ['Node', false],
  ['CustomResourceDefinition', false],
].map(([kind, namespaced, verbs = 'get list watch']) => ({
  apiVersion: 'v1',
  kind: String(kind),
  namespaced: namespaced === true,
  verbs: String(verbs).split(' '),
}));

test.for<readonly [string, readonly string[], readonly string[], string]>([
  ['namespaced types alone', [], [], 'ConfigMap@*'],
  ["the cluster's too", [], ['include_cluster'], 'ConfigMap@* Namespace@*'],
  [
    'definitions too',
    [],
    ['include_cluster', 'include_custom'],
    'ConfigMap@* Namespace@* CustomResourceDefinition@*',
  ],
  ['in namespaces', ['a', 'b', 'kube-system'], ['include_cluster'], 'ConfigMap@a,b'],
  [
    'in namespaces and the system',
    ['a'],
    ['include_system'],
    'ConfigMap@a,kube-system,kube-public,kube-node-lease',
  ],
  ['in namespaces, with definitions', ['a'], ['include_custom'], 'ConfigMap@a CustomResourceDefinition@*'],
])('lists %s', ([, namespaces, options, expected]) => {
  const wishes = {
    Filters: namespaces.length === 0 ? [] : [include('metadata.namespace', ...namespaces)],
    Options: Object.fromEntries(options.map((name) => [name, true])),
  } as ImportWishes;
  const listed = typesToList(TYPES, wishes).map(
    ({ type, namespaces: where }) => `${type.kind}@${where.map((name) => name ?? '*').join(',')}`,
  );
  expect(listed.join(' ')).toBe(expected);
});
