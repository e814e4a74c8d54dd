/** What a unit needs, what its provider has, and what comes of a link: title, from, to, result. Data only. */

const deployment = (pod: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: ns
spec:
  template:
    spec:
      ${pod.trim().replaceAll('\n', '\n      ')}
`;

const named = (kind: string, name: string, version = 'v1'): string =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;

/** A pod part with a placeholder, the kind that fills it, and the name it gets. */
const reference = (title: string, pod: string, kind: string): readonly [string, string, string, string] => [
  title,
  deployment(pod),
  named(kind, 'provided'),
  deployment(pod.replace('confighubplaceholder', 'provided')),
];

export const NEEDS: readonly (readonly [string, string, string, string])[] = [
  [
    'a namespace, with comments and style kept',
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  # where\n  namespace: confighubplaceholder # filled\n',
    named('Namespace', 'ns-us'),
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  # where\n  namespace: ns-us # filled\n',
  ],
  reference(
    'a ConfigMap in env',
    'containers:\n- name: c\n  env:\n  - name: A\n    valueFrom:\n      configMapKeyRef:\n        name: confighubplaceholder\n        key: a',
    'ConfigMap',
  ),
  reference(
    'a ConfigMap in envFrom',
    'containers:\n- name: c\n  envFrom:\n  - configMapRef:\n      name: confighubplaceholder',
    'ConfigMap',
  ),
  reference(
    'a Secret as a volume',
    'volumes:\n- name: v\n  secret:\n    secretName: confighubplaceholder',
    'Secret',
  ),
  reference('a ServiceAccount', 'serviceAccountName: confighubplaceholder', 'ServiceAccount'),
  reference(
    'a claim',
    'volumes:\n- name: v\n  persistentVolumeClaim:\n    claimName: confighubplaceholder',
    'PersistentVolumeClaim',
  ),
  [
    'a Service behind an Ingress',
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: i\nspec:\n  defaultBackend:\n    service:\n      name: confighubplaceholder\n',
    named('Service', 'web'),
    'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: i\nspec:\n  defaultBackend:\n    service:\n      name: web\n',
  ],
  [
    'nothing of another kind',
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  namespace: confighubplaceholder\n',
    named('ConfigMap', 'c'),
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  namespace: confighubplaceholder\n',
  ],
  [
    'nothing where two candidates differ',
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  namespace: confighubplaceholder\n',
    `${named('Namespace', 'one')}---\n${named('Namespace', 'two')}`,
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  namespace: confighubplaceholder\n',
  ],
  [
    'nothing that is set already',
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  namespace: mine\n',
    named('Namespace', 'ns-us'),
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: s\n  namespace: mine\n',
  ],
  [
    'nothing in what is no resource',
    'a: confighubplaceholder\n',
    named('Namespace', 'ns'),
    'a: confighubplaceholder\n',
  ],
];
