/** What `cleanup` removes, and what it leaves alone, in the worlds that a reader can name. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BIN, openFolder, startCli, type Ended } from '../support/cli.ts';

let folder: ReturnType<typeof openFolder>;
let state: string;

beforeEach(() => {
  folder = openFolder({});
  state = join(folder.path, 'state');
  mkdirSync(join(folder.path, 'temp'));
  writeFileSync(join(folder.path, 'map.yaml'), MANIFEST);
});

afterEach(() => folder.close());

const MANIFEST = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: demo-traderx
`;

/** A lesson that was left half way, and neighbours that only look like it. */
const HALF_A_LESSON = `set -e
for SPACE in demo-traderx demo-traderx-base demo2-traderx demonstration demo-traderx-traderx; do cub space create $SPACE; done
for NAMESPACE in demo-traderx demo2-traderx demonstration; do kubectl create namespace $NAMESPACE; done
cub worker create w --space demo-traderx
cub worker install w --space demo-traderx --namespace demo-confighub --export --include-secret | kubectl apply -f -
kubectl rollout status deployment/w --namespace demo-confighub --timeout=60s
until cub target list --space demo-traderx --jq '.[].Target.Slug' | grep -q w; do sleep 0.2; done
cub unit create map MAP --space demo-traderx
cub unit set-target map w --space demo-traderx
cub unit apply map --space demo-traderx
cub unit create map MAP --space demo-traderx-base
cub unit create copy --space demo-traderx --upstream-unit map --upstream-space demo-traderx-base
cub filter create some Unit --space demo-traderx-base --where "Slug = 'map'"
cub changeset create open --space demo-traderx
cub unit update --patch --space demo-traderx --unit copy --changeset open
kubectl create clusterrolebinding shared --clusterrole=view --serviceaccount=demo-traderx:a --serviceaccount=default:b
`;

const WHAT_STAYS = 'demo-traderx-traderx\ndemo2-traderx\ndemonstration\n';

function start(words: readonly string[], input = ''): Promise<Ended> {
  const { path } = folder;
  const env = { TMPDIR: join(path, 'temp'), XDG_CACHE_HOME: join(path, 'cache'), MTX_PREFIX: 'demo' };
  return startCli(path, words, { env, input });
}

/** The command line as it is typed in the shell of a sandbox. */
const typed = (words: string): string => `'${process.execPath}' '${BIN}' ${words}`;

const script = (text: string): string => text.replaceAll('MAP', `'${join(folder.path, 'map.yaml')}'`);

describe('a half-finished lesson', () => {
  test('goes, its neighbours stay, and a second time there is nothing to do', async () => {
    const { out, err } = await start(
      ['sandbox'],
      script(`${HALF_A_LESSON}set +e
${typed('cleanup')} >&2; echo "unasked $?"
${typed('cleanup --dry-run')} >/dev/null; echo "listed $?"; cub unit list --space demo-traderx --names
${typed('cleanup --yes')}; echo "cleaned $?"
${typed('cleanup --yes')}; echo "again $?"
cub space list --names | sort; kubectl get namespaces -o name; kubectl get clusterrolebinding -o name
kubectl get configmap settings --namespace demo-traderx
`),
    );
    expect(err).toContain('nobody can be asked here; add --yes');
    expect(err).toContain('unit map (deployed: destroyed first)');
    expect(out).toMatch(/unasked 2\nlisted 0\ncopy *\nmap *\n/);
    expect(out).toMatch(/removed namespace demo-traderx\n[^]*removed space demo-traderx-base\ncleaned 0\n/);
    expect(out).not.toContain('still there');
    expect(out).toContain('Nothing of the prefix demo is in this sandbox.\nagain 0\n');
    const after = out.slice(out.indexOf('again 0')).replaceAll(/ +$/gm, '');
    expect(after).toContain(WHAT_STAYS);
    expect(after).toContain('namespace/demo2-traderx\nnamespace/demonstration\n');
    expect(after).not.toMatch(/namespace\/demo-/);
    expect(after).toContain('clusterrolebinding.rbac.authorization.k8s.io/shared');
    expect(after).not.toContain('confighub-worker-admin');
  });

  test('goes although its worker is gone', async () => {
    const { out } = await start(
      ['sandbox'],
      script(`${HALF_A_LESSON}set +e
kubectl delete namespace demo-confighub
until cub worker list --space demo-traderx --json | grep -q Disconnected; do sleep 0.2; done
${typed('cleanup --yes')}; echo "cleaned $?"
`),
    );
    expect(out).toContain('no worker answers');
    expect(out).toContain('cleaned 0');
  });
});

describe('the state of a sandbox', () => {
  test('is cleaned while nobody has it open', async () => {
    await start(
      ['sandbox', '--state', state],
      'cub space create demo-traderx\nkubectl create namespace demo-traderx\n',
    );
    const { code, out } = await start(['cleanup', '--state', state, '--yes']);
    expect(out).toContain(
      `The prefix demo left in the sandbox of ${state}:\n  space demo-traderx\n  namespace demo-traderx\n`,
    );
    expect(code).toBe(0);
    const { out: left } = await start(
      ['sandbox', '--state', state],
      'cub space list --names; kubectl get ns -o name\n',
    );
    expect(left).not.toContain('demo-traderx');
  });

  test('is cleaned while a session has it open, which goes on', async () => {
    const { path } = folder;
    const ready = join(path, 'ready');
    const env = { ...process.env, TMPDIR: join(path, 'temp'), XDG_CACHE_HOME: join(path, 'cache') };
    const session = spawn(process.execPath, [BIN, 'sandbox', '--state', state], {
      cwd: path,
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(session, 'close');
    const said: string[] = [];
    session.stdout.setEncoding('utf8').on('data', (text: string) => said.push(text));
    session.stdin.write(`cub space create demo-traderx; touch '${ready}'\n`);
    for (let tries = 0; !existsSync(ready) && tries < 600; tries += 1) await wait(100);
    const { code, out } = await start(['cleanup', '--state', state, '--yes']);
    session.stdin.end('cub space list --names; echo over\n');
    await ended;
    expect(out).toContain(`left in the running sandbox of ${state}:`);
    expect(code).toBe(0);
    expect(said.join('')).toMatch(/^Successfully created space demo-traderx .*\nover\n$/);
  });
});

test.each([
  [[], /cleanup needs a world to clean\n.*--state DIR/],
  [['--state', 'nowhere'], /nowhere is no state of a sandbox/],
  [['--prefix', '*'], /--prefix is `\*`, which is no prefix\n.*lower-case letters/],
  [['--cluster', 'emulator', '--state', 'x'], /--state is a world of its own/],
])('cleanup %j is refused with a remedy', async (words, message) => {
  const { code, err } = await start(['cleanup', ...words]);
  expect(err).toMatch(message);
  expect(code).toBe(2);
});

test('an ambient kubeconfig is never used', async () => {
  const ambient = join(folder.path, 'config');
  writeFileSync(ambient, readFileSync(join(folder.path, 'map.yaml')));
  const { code, err } = await startCli(folder.path, ['cleanup'], {
    env: { KUBECONFIG: ambient, MTX_DOC_CHAIN: '' },
  });
  expect(err).toContain('cleanup needs a world to clean');
  expect(code).toBe(2);
});
