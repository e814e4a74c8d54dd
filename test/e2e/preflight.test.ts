/** What `preflight` says of machines and worlds, and that a run in a reader's own world asks the same. */
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BIN, chapterText, fence, openFolder, startCli, type Ended } from '../support/cli.ts';

let folder: ReturnType<typeof openFolder>;

beforeEach(() => {
  folder = openFolder({});
  mkdirSync(join(folder.path, 'temp'));
});

afterEach(() => folder.close());

function start(words: readonly string[], env: Record<string, string> = {}, input = ''): Promise<Ended> {
  const { path } = folder;
  const base = {
    TMPDIR: join(path, 'temp'),
    XDG_CACHE_HOME: join(path, 'cache'),
    HOME: path,
    MTX_DOC_CHAIN: '',
  };
  return startCli(path, words, { env: { ...base, ...env }, input });
}

test('a machine with the embedded world is ready, for people and for programs', async () => {
  const { code, out } = await start(['preflight']);
  expect(out).toMatch(/^✓ Node .*\n✓ bash .*\n✓ disk .*\n✓ ports .*\n✓ world .*\n✓ kubectl /);
  expect(out).toMatch(/✓ rights .*\n✓ hub .*\n✓ session .*\n✓ cub .*\n✓ leftovers .*\n\nReady\.\n$/);
  expect(code).toBe(0);
  const json = await start(['preflight', '--format', 'json']);
  const { ready, checks } = JSON.parse(json.out) as {
    ready: boolean;
    checks: { name: string; status: string }[];
  };
  expect(ready).toBe(true);
  expect(checks.map(({ status }) => status)).toEqual(checks.map(() => 'ok'));
});

/** A folder for PATH with one program. */
function program(name: string, text: string): string {
  const bin = join(folder.path, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(bin, name), 0o755);
  return `${bin}:${process.env['PATH'] ?? ''}`;
}

test('an old bash and a kubectl that is not there are named with their remedies', async () => {
  const env = { PATH: program('bash', 'echo 3 2'), MTX_KUBECTL: '/nowhere/kubectl' };
  const { code, out } = await start(['preflight'], env);
  expect(out).toMatch(/✗ bash {2,}3\.2\n {2,}Install bash 4\.4 or later/);
  expect(out).toMatch(/✗ world {2,}there is no kubectl at \/nowhere\/kubectl\n {2,}Give --kubectl/);
  expect(out).toContain('Not ready: 2 of 5 checks failed.');
  expect(code).toBe(3);
});

test('a folder for temporary files that is not there ends a run before it starts', async () => {
  writeFileSync(join(folder.path, 'a.md'), chapterText(fence('.run', 'echo a', 'a')));
  const { code, err } = await start(['run', 'a.md'], { TMPDIR: '/nowhere/at/all' });
  expect(err).toMatch(/mtx-doc: disk: .*\n {2}Set TMPDIR/);
  expect(code).toBe(3);
});

test.each([
  [
    ['--cluster', 'context:production'],
    /`production` is not one of a cluster to throw away/,
    /--allow-context production/,
  ],
  [['--cluster', 'context:kind-missing'], /context `kind-missing`/, /kubectl config get-contexts/],
  [['--cluster', 'elsewhere'], /no cluster `elsewhere`/, /context:NAME/],
  [['--hub', 'http://127.0.0.1:9'], /no session of `cub`/, /cub auth login/],
  [['--hub', 'nonsense'], /`nonsense` is no URL/, /Give `embedded`, or a URL/],
  [['--hub', 'https://me:secret@example.com'], /holds a user or a password/, /cub auth login/],
])('a world of %j is refused with a remedy', async (words, message, remedy) => {
  const { code, out } = await start(['preflight', ...words]);
  expect(out).toMatch(message);
  expect(out).toMatch(remedy);
  expect(out).not.toContain('secret');
  expect(code).toBe(3);
});

/** A chapter that changes hub and cluster, and one that needs it. */
const CHANGES = chapterText(
  fence('.run', 'kubectl create namespace demo-traderx && cub space create demo-traderx', ''),
  fence('.cleanup', 'kubectl delete namespace demo-traderx\ncub space delete demo-traderx'),
).replace('{.expect}\n\n', '{.expect match=contains}\nnamespace/demo-traderx created\n');

/** The emulator stands for a cluster of the reader's, under a name that is allowed. */
const OWN = `set -e
kubectl config rename-context mtx-emulator kind-own >/dev/null
cp "$KUBECONFIG" "$HOME/own"; export KUBECONFIG="$HOME/own"
kubectl config use-context kind-own >/dev/null
kubectl config set-context ambient --cluster=mtx-emulator --user=mtx-emulator >/dev/null
cd FOLDER; set +e
WORLD="--cluster context:kind-own --hub $CONFIGHUB_URL"
`;

test('chapters run in the reader’s own cluster and hub, by name, and no secret is printed', async () => {
  writeFileSync(join(folder.path, 'a.md'), CHANGES.replace('mtx:', 'mtx:\n  requires: [cub, kubectl]'));
  const mtx = `'${process.execPath}' '${BIN}'`;
  const { out, err } = await start(
    ['sandbox'],
    {},
    `${OWN.replace('FOLDER', folder.path)}
${mtx} run a.md $WORLD --report r.json 2>&1; echo "ran $?"
kubectl get namespaces -o name; cub space list --names
grep -c -e "$(kubectl config view --raw -o jsonpath='{.users[0].user.token}')" -e "$(cub auth get-token)" r.json
cub space create demo-traderx
${mtx} run a.md $WORLD 2>&1; echo "refused $?"
${mtx} cleanup $WORLD --yes; echo "cleaned $?"
`,
  );
  expect(err).toBe('');
  expect(out).toMatch(/^world: your cluster kind-own, hub http:\/\/127/);
  expect(out).toMatch(/cluster \(Kubernetes [\d.]+, context kind-own\), hub http:\/\/127\.0\.0\.1:\d+,/);
  expect(out).toMatch(/2 passed, 0 failed\nran 0\n(namespace\/(default|kube-\S+)\n)+0\n/);
  expect(out).toMatch(
    /leftovers: of the prefix demo: space demo-traderx\. Run `mtx-doc cleanup --prefix demo --cluster context:kind-own/,
  );
  expect(out).toContain('refused 3');
  expect(out).toContain('removed space demo-traderx\ncleaned 0\n');
});

test('a chapter that leads the kubeconfig elsewhere stops the chain', async () => {
  const elsewhere = 'kubectl config set clusters.mtx-emulator.server https://127.0.0.1:9';
  const first = chapterText(fence('.run', elsewhere)).replace('mtx:', 'mtx:\n  requires: [kubectl]');
  writeFileSync(join(folder.path, 'a.md'), first);
  writeFileSync(join(folder.path, 'b.md'), first.replace('mtx:', 'mtx:\n  needs: [a.md]'));
  const { out } = await start(
    ['sandbox'],
    {},
    `${OWN.replace('FOLDER', folder.path)}'${process.execPath}' '${BIN}' run b.md $WORLD`,
  );
  expect(out).toContain('not run b.md: the kubeconfig no longer leads to the context kind-own alone');
});

test.each([
  [['run', 'a.md']],
  [['mutate', 'a.md']],
  [['update', 'a.md', '--dry-run']],
  [['sandbox', '--state', 'state']],
  [['preflight']],
  [['cleanup', '--state', 'state']],
])('%j refuses a prefix that no hub and no cluster takes, before it makes anything', async (words) => {
  writeFileSync(join(folder.path, 'a.md'), chapterText(fence('.run', 'touch ran', '')));
  const { code, out, err } = await start(words, { MTX_PREFIX: 'Team_7' }, 'touch ran');
  expect(err).toMatch(/MTX_PREFIX is `Team_7`, which is no prefix\n.*lower-case letters, digits and dashes/);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(['ran', 'state'].filter((name) => existsSync(join(folder.path, name)))).toEqual([]);
  expect(readdirSync(join(folder.path, 'temp'))).toEqual([]);
});

test.each([
  ['confighubplaceholder', ['run', 'a.md']],
  ['my-replaceme', ['sandbox', '--state', 'state']],
])(
  '%s is refused as a prefix, since ConfigHub takes it for a value that is not set',
  async (prefix, words) => {
    writeFileSync(join(folder.path, 'a.md'), chapterText(fence('.run', 'touch ran', '')));
    const { code, out, err } = await start(words, { MTX_PREFIX: prefix }, 'touch ran');
    expect(err).toMatch(
      /MTX_PREFIX is `.*`, and ConfigHub takes every name with .*\n.*without that word, such as/,
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(['ran', 'state'].filter((name) => existsSync(join(folder.path, name)))).toEqual([]);
  },
);
