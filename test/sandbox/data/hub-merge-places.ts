/** Where the histories of merges edit: every kind of place that a merge must tell apart. Data only. */
import { normaliseYaml } from '../../../runner/sandbox/hub/config-data.ts';

/** A value in one document, or one field of an element of a list, which is found by what it has. */
export interface Place {
  readonly name: string;
  readonly document: number;
  readonly path: readonly (string | number)[];
  readonly element?: Readonly<Record<string, string | number>>;
  readonly field?: string;
  /** Elements of a list without keys are told apart by what only one of them has. There, sides write different values. */
  readonly keyless?: string;
}

/** Two ports of one number, two resources of one name, comments everywhere. */
export const START = normaliseYaml(`# the trade service
apiVersion: apps/v1
kind: Deployment
metadata:
  name: trade # its name
  labels:
    # who owns it
    a: "0"
spec:
  replicas: "0"
  template:
    spec:
      containers:
      - name: c
        image: "0" # pinned
        env:
        # the algorithm
        - name: A
          value: "0"
        - name: B
          value: "0"
        ports:
        - containerPort: 53
          protocol: TCP
          hostPort: "0"
        envFrom:
        - x: "0"
        - y: "0"
        args:
        - first
        - second
---
# the settings of a
apiVersion: v1
kind: ConfigMap
metadata:
  name: cfg
  namespace: a
data:
  # how much of it
  k: "0"
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: cfg
  namespace: b
data:
  k: "0"
---
apiVersion: example.com/v1
kind: ConfigMap
metadata:
  name: cfg
  namespace: b
data:
  k: "0"
`);

const CONTAINER = ['spec', 'template', 'spec', 'containers', 0];
const ENV = [...CONTAINER, 'env'];
const FROM = [...CONTAINER, 'envFrom'];
const PORTS = [...CONTAINER, 'ports'];

export const PLACES: readonly Place[] = [
  { name: 'replicas', document: 0, path: ['spec', 'replicas'] },
  { name: 'label a', document: 0, path: ['metadata', 'labels', 'a'] },
  { name: 'label b', document: 0, path: ['metadata', 'labels', 'b'] },
  { name: 'image', document: 0, path: [...CONTAINER, 'image'] },
  { name: 'env A', document: 0, path: ENV, element: { name: 'A' } },
  { name: 'env B', document: 0, path: ENV, element: { name: 'B' } },
  { name: 'env C', document: 0, path: ENV, element: { name: 'C' } },
  {
    name: 'TCP',
    document: 0,
    path: PORTS,
    element: { containerPort: 53, protocol: 'TCP' },
    field: 'hostPort',
  },
  {
    name: 'UDP',
    document: 0,
    path: PORTS,
    element: { containerPort: 53, protocol: 'UDP' },
    field: 'hostPort',
  },
  { name: 'cfg in a', document: 1, path: ['data', 'k'] },
  { name: 'cfg in b', document: 2, path: ['data', 'k'] },
  { name: 'cfg of another group', document: 3, path: ['data', 'k'] },
  { name: 'more of cfg in b', document: 2, path: ['data', 'l'] },
  { name: 'from x', document: 0, path: FROM, keyless: 'x' },
  { name: 'from y', document: 0, path: FROM, keyless: 'y' },
  { name: 'from z', document: 0, path: FROM, keyless: 'z' },
];

/** Where the histories write comments. */
export const COMMENTED: readonly Pick<Place, 'name' | 'document' | 'path'>[] = [
  { name: 'replicas', document: 0, path: ['spec', 'replicas'] },
  { name: 'image', document: 0, path: [...CONTAINER, 'image'] },
  { name: 'first', document: 0, path: [...CONTAINER, 'args', 0] },
  { name: 'second', document: 0, path: [...CONTAINER, 'args', 1] },
  { name: 'cfg in a', document: 1, path: ['data', 'k'] },
  { name: 'cfg in b', document: 2, path: ['data', 'k'] },
];
