/** Three-way merges of configuration: what upstream did, what was done locally, what must come out. Data only. */

interface Merge {
  readonly name: string;
  readonly base: string;
  readonly theirs: string;
  readonly ours: string;
  readonly merged: string;
}

const deployment = (
  replicas: number,
  namespace: string,
  env: string,
  extra = '',
): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: trade
  namespace: ${namespace}
spec:
  replicas: ${replicas}
  template:
    spec:
      containers:
      - name: c
        image: nginx:1.27
        env: ${env}
${extra}`;

const config = (name: string, value: string): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
data:
  k: ${value}
`;

export const MERGES: readonly Merge[] = [
  {
    name: 'a value changes upstream; replicas and namespace are ours',
    base: deployment(1, 'confighubplaceholder', '[{name: ALGO, value: v1}]'),
    theirs: deployment(1, 'confighubplaceholder', '[{name: ALGO, value: v2}]'),
    ours: deployment(3, 'ns-us', '[{name: ALGO, value: v1}]'),
    merged: deployment(3, 'ns-us', '[{name: ALGO, value: v2}]'),
  },
  {
    name: 'an element is appended to a list that differs here',
    base: deployment(1, 'x', '[{name: A, value: "1"}]'),
    theirs: deployment(1, 'x', '[{name: A, value: "1"}, {name: B, value: "2"}]'),
    ours: deployment(1, 'x', '[{name: A, value: "9"}]'),
    merged: deployment(1, 'x', '[{name: A, value: "9"}, {name: B, value: "2"}]'),
  },
  {
    name: 'an element is inserted at the front',
    base: deployment(1, 'x', '[{name: A, value: "1"}, {name: C, value: "3"}]'),
    theirs: deployment(1, 'x', '[{name: B, value: "2"}, {name: A, value: "1"}, {name: C, value: "3"}]'),
    ours: deployment(1, 'x', '[{name: A, value: "1"}, {name: C, value: "9"}]'),
    merged: deployment(1, 'x', '[{name: B, value: "2"}, {name: A, value: "1"}, {name: C, value: "9"}]'),
  },
  {
    name: 'an element is removed upstream: it goes if it is as it was, and stays if it was changed here',
    base: deployment(1, 'x', '[{name: A, value: "1"}, {name: B, value: "2"}, {name: C, value: "3"}]'),
    theirs: deployment(1, 'x', '[{name: C, value: "3"}]'),
    ours: deployment(1, 'x', '[{name: A, value: "1"}, {name: B, value: "9"}, {name: C, value: "3"}]'),
    merged: deployment(1, 'x', '[{name: B, value: "9"}, {name: C, value: "3"}]'),
  },
  {
    name: 'an element that was removed here stays away',
    base: deployment(1, 'x', '[{name: A, value: "1"}, {name: B, value: "2"}]'),
    theirs: deployment(1, 'x', '[{name: A, value: "8"}, {name: B, value: "2"}]'),
    ours: deployment(1, 'x', '[{name: B, value: "2"}]'),
    merged: deployment(1, 'x', '[{name: B, value: "2"}]'),
  },
  {
    name: 'both changed the same value: ours stays',
    base: deployment(1, 'x', '[]'),
    theirs: deployment(4, 'x', '[]'),
    ours: deployment(3, 'x', '[]'),
    merged: deployment(3, 'x', '[]'),
  },
  {
    name: 'ports are matched by their number',
    base: deployment(
      1,
      'x',
      '[]',
      '        ports:\n        - containerPort: 80\n        - containerPort: 81\n',
    ),
    theirs: deployment(
      1,
      'x',
      '[]',
      '        ports:\n        - containerPort: 80\n          protocol: UDP\n        - containerPort: 81\n',
    ),
    ours: deployment(
      1,
      'x',
      '[]',
      '        ports:\n        - containerPort: 82\n        - containerPort: 80\n',
    ),
    merged: deployment(
      1,
      'x',
      '[]',
      '        ports:\n        - containerPort: 82\n        - containerPort: 80\n          protocol: UDP\n',
    ),
  },
  {
    name: 'a list without keys is one value',
    base: deployment(1, 'x', '[]', '        args: [a, b]\n'),
    theirs: deployment(1, 'x', '[]', '        args: [a, b, c]\n'),
    ours: deployment(2, 'x', '[]', '        args: [a, z]\n'),
    merged: deployment(2, 'x', '[]', '        args: [a, z]\n'),
  },
  {
    name: 'a key is added, another removed; comments here stay',
    base: 'apiVersion: v1\nkind: X\na: 1\nb: 2\n',
    theirs: 'apiVersion: v1\nkind: X\nb: 2\nc: {d: 3}\n',
    ours: '# ours\napiVersion: v1\nkind: X\na: 1\nb: 5 # changed here\n',
    merged: '# ours\napiVersion: v1\nkind: X\nb: 5 # changed here\nc: {d: 3}\n',
  },
  {
    name: 'a resource is added upstream: it comes after the one that it follows there, and one added here stays',
    base: config('a', 'x'),
    theirs: `${config('a', 'x')}---\n${config('b', 'y')}`,
    ours: `${config('a', 'x')}---\n${config('mine', 'z')}`,
    merged: `${config('a', 'x')}---\n${config('b', 'y')}---\n${config('mine', 'z')}`,
  },
  {
    name: 'a resource is removed upstream: it goes if untouched, and stays if it was changed here',
    base: `${config('a', 'x')}---\n${config('b', 'y')}`,
    theirs: '',
    ours: `${config('a', 'x')}---\n${config('b', 'changed')}`,
    merged: config('b', 'changed'),
  },
  {
    name: 'a resource that was renamed here is still the same one',
    base: config('placeholder', 'x'),
    theirs: config('placeholder', 'y'),
    ours: config('us', 'x'),
    merged: config('us', 'y'),
  },
  {
    name: 'one that was deleted here stays away',
    base: `${config('a', 'x')}---\n${config('b', 'y')}`,
    theirs: `${config('a', 'x')}---\n${config('b', 'z')}`,
    ours: config('a', 'x'),
    merged: config('a', 'x'),
  },
  {
    name: 'a list that loses its last element under a comment can still be read',
    base: 'kind: X\nenv:\n# why\n- name: A\n',
    theirs: 'kind: X\nenv: []\n',
    ours: 'kind: X\nenv:\n# why\n- name: A\n',
    merged: 'kind: X\nenv:\n  # why\n  []\n',
  },
  {
    name: 'an anchor is written out, so that each place stands alone',
    base: 'kind: X\na: &n {v: 1}\nb: *n\n',
    theirs: 'kind: X\na: &n {v: 2}\nb: {v: 1}\n',
    ours: 'kind: X\na: &n {v: 1}\nb: *n\n',
    merged: 'kind: X\na: {v: 2}\nb: {v: 1}\n',
  },
  {
    name: 'a new version of the same resource is still the same one',
    base: 'apiVersion: v1beta1\nkind: X\nmetadata: {name: a}\nspec: {r: 1}\n',
    theirs: 'apiVersion: v1\nkind: X\nmetadata: {name: a}\nspec: {r: 1}\n',
    ours: 'apiVersion: v1beta1\nkind: X\nmetadata: {name: a}\nspec: {r: 3}\n',
    merged: 'apiVersion: v1\nkind: X\nmetadata: {name: a}\nspec: {r: 3}\n',
  },
  {
    name: 'a new order comes where the own one is as it was',
    base: deployment(1, 'x', '[{name: A, value: "1"}, {name: B, value: "2"}]'),
    theirs: deployment(1, 'x', '[{name: B, value: "2"}, {name: A, value: "1"}]'),
    ours: deployment(1, 'x', '[{name: A, value: "9"}, {name: B, value: "2"}]'),
    merged: deployment(1, 'x', '[{name: B, value: "2"}, {name: A, value: "9"}]'),
  },
  {
    name: 'numbers are told apart by how they are written',
    base: 'kind: X\nmode: 0644\nlong: 9007199254740993\n',
    theirs: 'kind: X\nmode: 644\nlong: 9007199254740992\n',
    ours: 'kind: X\nmode: 0644\nlong: 9007199254740993\n',
    merged: 'kind: X\nmode: 644\nlong: 9007199254740992\n',
  },
];
