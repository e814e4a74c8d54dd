/** The rows of manifest:* in the table of rules. */
import type { Rule } from '../lint.ts';

export const MANIFEST_RULES: readonly Rule[] = [
  {
    code: 'manifest:yaml',
    title: 'A manifest that is no YAML',
    severity: 'error',
    explanation: 'Nothing can read the file, so the command that gets it stops.',
    bad: 'metadata:\n\tname: web',
    good: 'metadata:\n  name: web',
  },
  {
    code: 'manifest:field',
    title: 'A field that the kind does not have',
    severity: 'error',
    explanation:
      'A misspelled or misplaced field has no effect: the hub stores it, and the API server ignores it or refuses the object.',
    bad: 'spec:\n  replica: 2',
    good: 'spec:\n  replicas: 2',
  },
  {
    code: 'manifest:image',
    title: 'An image that is not in the catalogue',
    severity: 'warning',
    explanation:
      'The simulated cluster knows a list of images. Any other behaves like one that no registry has, and its pods end in ImagePullBackOff.',
    bad: 'image: ghcr.io/finos/traderx/reference-data:v9',
    good: 'image: ghcr.io/finos/traderx/reference-data:v1',
  },
  {
    code: 'manifest:latest',
    title: 'An image without a fixed tag',
    severity: 'warning',
    explanation:
      'A tag that moves makes a page true today and wrong tomorrow, and a rollback brings nothing back.',
    bad: 'image: nginx',
    good: 'image: nginx:1.29',
  },
  {
    code: 'manifest:port',
    title: 'A port on which the image does not listen',
    severity: 'error',
    explanation: 'Services and probes reach nothing there, so the pod never becomes ready.',
    bad: 'image: nginx:1.29\nports:\n  - containerPort: 8080',
    good: 'image: nginx:1.29\nports:\n  - containerPort: 80',
  },
  {
    code: 'manifest:probe',
    title: 'A probe on a path that the image does not answer',
    severity: 'error',
    explanation: 'The probe fails each time: a pod that works never becomes ready, or is restarted for ever.',
    bad: 'readinessProbe:\n  httpGet:\n    path: /healthz',
    good: 'readinessProbe:\n  httpGet:\n    path: /health',
  },
  {
    code: 'manifest:variable',
    title: 'A variable that is nearly one that the image reads',
    severity: 'error',
    explanation: 'The image ignores a variable that it does not know, and goes on with its default.',
    bad: 'env:\n  - name: REFERENCE_DATA_HOSTS',
    good: 'env:\n  - name: REFERENCE_DATA_HOST',
  },
  {
    code: 'manifest:no-probe',
    title: 'A server without a readiness probe',
    severity: 'warning',
    explanation:
      'Kubernetes sends requests as soon as the container has started, while the program in it is still starting.',
    bad: 'ports:\n  - containerPort: 18085',
    good: 'ports:\n  - containerPort: 18085\nreadinessProbe:\n  tcpSocket:\n    port: 18085',
  },
  {
    code: 'manifest:limits',
    title: 'A container without limits',
    severity: 'warning',
    explanation: 'One container that grows can take a node’s memory from all others.',
    bad: 'resources: {}',
    good: 'resources:\n  limits:\n    memory: 256Mi',
  },
  {
    code: 'manifest:restart-policy',
    title: 'A Job whose pods have no restart policy',
    severity: 'error',
    explanation: 'The default is `Always`, which a Job cannot have, so the API server refuses it.',
    bad: 'kind: Job\nspec:\n  template:\n    spec: {}',
    good: 'kind: Job\nspec:\n  template:\n    spec:\n      restartPolicy: Never',
  },
  {
    code: 'manifest:selector',
    title: 'A selector that finds not its own pods',
    severity: 'error',
    explanation: 'The API server refuses a workload whose pods do not carry the labels that it looks for.',
    bad: 'selector:\n  matchLabels: { app: web }\ntemplate:\n  metadata:\n    labels: { app: www }',
    good: 'selector:\n  matchLabels: { app: web }\ntemplate:\n  metadata:\n    labels: { app: web }',
  },
  {
    code: 'manifest:namespace',
    title: 'A unit without a namespace',
    severity: 'warning',
    explanation:
      'A unit is applied where its manifest says. Without a namespace that is `default`, where nobody looks for it.',
    bad: 'metadata:\n  name: web',
    good: 'metadata:\n  name: web\n  namespace: confighubplaceholder',
  },
];
