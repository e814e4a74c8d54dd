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

/** A pod with one list of these elements. */
const pod = (list: string, ...elements: readonly string[]): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  ${list}:\n${elements.map((one) => `  - ${one}\n`).join('')}`;

const placed = (namespace: string, value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cfg, namespace: ${namespace}}\ndata: {k: "${value}"}\n`;

const grouped = (version: string, value: string): string =>
  `apiVersion: ${version}\nkind: Thing\nmetadata: {name: one}\nspec: {k: "${value}"}\n`;

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
      '        ports:\n        - containerPort: 80\n          hostPort: 8080\n        - containerPort: 81\n',
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
      '        ports:\n        - containerPort: 82\n        - containerPort: 80\n          hostPort: 8080\n',
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
    name: 'an alias is written out where it is no longer what it stood for',
    base: 'kind: X\na: &n {v: 1}\nb: *n\n',
    theirs: 'kind: X\na: &n {v: 2}\nb: {v: 1}\n',
    ours: 'kind: X\na: &n {v: 1}\nb: *n\n',
    merged: 'kind: X\na: &n {v: 2}\nb: {v: 1}\n',
  },
  {
    name: 'anchors and aliases stay where both places become the same',
    base: 'kind: X\na: &n {v: 1}\nb: *n\nc: &t one\nd: *t\ne: {<<: *n, w: 1}\n',
    theirs: 'kind: X\na: &n {v: 2}\nb: *n\nc: &t two\nd: *t\ne: {<<: *n, w: 2}\n',
    ours: 'kind: X\na: &n {v: 1}\nb: *n\nc: &t one\nd: *t\ne: {<<: *n, w: 1}\nown: 1\n',
    merged: 'kind: X\na: &n {v: 2}\nb: *n\nc: &t two\nd: *t\ne: {<<: *n, w: 2}\nown: 1\n',
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
  {
    name: 'ports of one number and two protocols are two',
    base: pod('ports', '{containerPort: 53, hostPort: 1}'),
    theirs: pod('ports', '{containerPort: 53, hostPort: 2}', '{containerPort: 53, protocol: UDP}'),
    ours: pod('ports', '{containerPort: 53, hostPort: 7}'),
    merged: pod('ports', '{containerPort: 53, hostPort: 7}', '{containerPort: 53, protocol: UDP}'),
  },
  {
    name: 'each of the two goes its own way',
    base: pod('ports', '{containerPort: 53, protocol: UDP}', '{containerPort: 53, protocol: TCP}'),
    theirs: pod(
      'ports',
      '{containerPort: 53, protocol: UDP}',
      '{containerPort: 53, protocol: TCP, hostPort: 2}',
    ),
    ours: pod(
      'ports',
      '{containerPort: 53, protocol: UDP, hostPort: 7}',
      '{containerPort: 53, protocol: TCP}',
    ),
    merged: pod(
      'ports',
      '{containerPort: 53, protocol: UDP, hostPort: 7}',
      '{containerPort: 53, protocol: TCP, hostPort: 2}',
    ),
  },
  {
    name: 'a named port is the same one whatever its number',
    base: pod('ports', '{name: http, port: 80, targetPort: 80}'),
    theirs: pod('ports', '{name: http, port: 8080, targetPort: 80}'),
    ours: pod('ports', '{name: http, port: 80, targetPort: 9999}'),
    merged: pod('ports', '{name: http, port: 8080, targetPort: 9999}'),
  },
  {
    name: 'a port that gets a name is the same one',
    base: pod('ports', '{containerPort: 80}'),
    theirs: pod('ports', '{containerPort: 80, name: http}'),
    ours: pod('ports', '{containerPort: 80, hostPort: 7}'),
    merged: pod('ports', '{containerPort: 80, name: http, hostPort: 7}'),
  },
  {
    name: 'elements that come to a list of mappings without a key come from both sides',
    base: pod('envFrom', '{configMapRef: {name: shared}}'),
    theirs: pod('envFrom', '{configMapRef: {name: shared}}', '{secretRef: {name: theirs}}'),
    ours: pod('envFrom', '{configMapRef: {name: shared}}', '{configMapRef: {name: mine}}'),
    merged: pod(
      'envFrom',
      '{configMapRef: {name: shared}}',
      '{configMapRef: {name: mine}}',
      '{secretRef: {name: theirs}}',
    ),
  },
  {
    name: 'elements without a key that upstream moved are not lost where the order changed here too',
    base: pod('envFrom', '{prefix: a}', '{prefix: b}', '{prefix: c}'),
    theirs: pod('envFrom', '{prefix: c}', '{prefix: a}', '{prefix: b}'),
    ours: pod('envFrom', '{prefix: b}', '{prefix: a}', '{prefix: c}'),
    merged: pod('envFrom', '{prefix: b}', '{prefix: a}', '{prefix: c}'),
  },
  {
    name: 'an element without a key that changed here stays, and a new one comes',
    base: pod('rules', '{apiGroups: [""], resources: [pods], verbs: [get]}'),
    theirs: pod(
      'rules',
      '{apiGroups: [""], resources: [pods], verbs: [get]}',
      '{apiGroups: [apps], verbs: [get]}',
    ),
    ours: pod('rules', '{apiGroups: [""], resources: [pods], verbs: [list]}'),
    merged: pod(
      'rules',
      '{apiGroups: [""], resources: [pods], verbs: [list]}',
      '{apiGroups: [apps], verbs: [get]}',
    ),
  },
  {
    name: 'an element without a key goes with upstream, unless it was changed here',
    base: pod('tolerations', '{key: a, effect: X}', '{key: a, effect: Y}', '{operator: Exists}'),
    theirs: pod('tolerations', '{operator: Exists}'),
    ours: pod('tolerations', '{key: a, effect: X}', '{key: a, effect: Y, value: mine}', '{operator: Exists}'),
    merged: pod('tolerations', '{key: a, effect: Y, value: mine}', '{operator: Exists}'),
  },
  {
    name: 'resources of one name in two namespaces are two',
    base: `${placed('a', '1')}---\n${placed('b', '1')}`,
    theirs: `${placed('a', '1')}---\n${placed('b', '2')}`,
    ours: `${placed('a', '9')}---\n${placed('b', '1')}`,
    merged: `${placed('a', '9')}---\n${placed('b', '2')}`,
  },
  {
    name: 'also where upstream takes one away',
    base: `${placed('a', '1')}---\n${placed('b', '1')}`,
    theirs: placed('b', '2'),
    ours: `${placed('a', '9')}---\n${placed('b', '1')}`,
    merged: `${placed('a', '9')}---\n${placed('b', '2')}`,
  },
  {
    name: 'kinds of one name in two API groups are two',
    base: `${grouped('core.example/v1', '1')}---\n${grouped('apps.example/v1', '1')}`,
    theirs: `${grouped('core.example/v1', '1')}---\n${grouped('apps.example/v1', '2')}`,
    ours: `${grouped('core.example/v1', '9')}---\n${grouped('apps.example/v1', '1')}`,
    merged: `${grouped('core.example/v1', '9')}---\n${grouped('apps.example/v1', '2')}`,
  },
  {
    name: 'also where upstream takes the first group away',
    base: `${grouped('core.example/v1', '1')}---\n${grouped('apps.example/v1', '1')}`,
    theirs: grouped('apps.example/v1', '2'),
    ours: `${grouped('core.example/v1', '9')}---\n${grouped('apps.example/v1', '1')}`,
    merged: `${grouped('core.example/v1', '9')}---\n${grouped('apps.example/v1', '2')}`,
  },
  {
    name: 'of two changed elements without a key each side keeps its own, and what is new comes',
    base: pod('rules', '{resources: [a], verbs: [get]}', '{resources: [b], verbs: [get]}'),
    theirs: pod('rules', '{resources: [a], verbs: [put]}', '{resources: [b], verbs: [put]}', '{urls: [/x]}'),
    ours: pod('rules', '{resources: [a], verbs: [get]}', '{resources: [b], verbs: [list]}'),
    merged: pod('rules', '{resources: [a], verbs: [put]}', '{resources: [b], verbs: [list]}', '{urls: [/x]}'),
  },
  {
    name: 'a comment that was written here stays when upstream changes the list that it is in',
    base: pod('args', '--level=info', '--port=80'),
    theirs: pod('args', '--level=info', '--port=81'),
    ours: pod('args', '--level=info # ticket 42', '--port=80 # as agreed'),
    merged: pod('args', '--level=info # ticket 42', '--port=81 # as agreed'),
  },
  {
    name: 'a comment that upstream writes comes, in lists, at keys and at the top',
    base: `${config('a', 'x')}---\n${pod('args', 'a', 'b')}`,
    theirs: `# why\n${config('a', 'x').replace('  k:', '  # how much\n  k:')}---\n${pod('args', 'a # first', 'b')}`,
    ours: `${config('a', 'y')}---\n${pod('args', 'a', 'b # mine')}`,
    merged: `# why\n${config('a', 'y').replace('  k:', '  # how much\n  k:')}---\n${pod('args', 'a # first', 'b # mine')}`,
  },
  {
    name: 'of two comments at one place ours stays',
    base: pod('args', 'a # one'),
    theirs: pod('args', 'a # two'),
    ours: pod('args', 'a # three'),
    merged: pod('args', 'a # three'),
  },
  {
    name: 'a folded text keeps its lines',
    base: 'kind: X\na: >-\n  one\n  two\nb: 1\n',
    theirs: 'kind: X\na: >-\n  one\n  two\nb: 2\n',
    ours: 'kind: X\na: >-\n  one\n  two\nb: 1\n',
    merged: 'kind: X\na: >-\n  one\n  two\nb: 2\n',
  },
];
