/** The sandbox as its users start it: with a script, on a terminal, on another day, and after the process was killed. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  BIN,
  chapterText,
  fence,
  openFolder,
  startCli,
  type Ended,
  type StartOptions,
} from '../support/cli.ts';
import { isRunning, uniqueSeconds } from '../support/processes.ts';

let folder: ReturnType<typeof openFolder>;
let temp: string;
let state: string;

beforeEach(() => {
  folder = openFolder({});
  temp = join(folder.path, 'temp');
  state = join(folder.path, 'state');
  mkdirSync(temp);
  mkdirSync(join(folder.path, 'k8s'));
  writeFileSync(join(folder.path, 'k8s', 'map.yaml'), MANIFEST);
});

afterEach(() => folder.close());

const MANIFEST = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: default
data:
  a: "1"
`;

/** A worker, its target and a unit that waits to be applied. */
const WITH_WORKER = `set -e
cub space create demo
cub worker create w --space demo
cub worker install w --space demo --namespace confighub --export --include-secret | kubectl apply -f -
kubectl rollout status deployment/w --namespace confighub --timeout=60s
until cub target list --space demo --jq '.[].Target.Slug' | grep -q w; do sleep 0.2; done
cub unit create map k8s/map.yaml --space demo
cub unit set-target map w --space demo
`;

function sandbox(input: string, words: readonly string[] = [], options: StartOptions = {}): Promise<Ended> {
  const env = {
    TMPDIR: temp,
    XDG_CACHE_HOME: join(folder.path, 'cache'),
    MTX_PREFIX: 'demo',
    ...options.env,
  };
  return startCli(folder.path, ['sandbox', ...words], { ...options, input, env });
}

/** What a session left in the temporary folder, but for Node's own cache. */
function leftovers(): string[] {
  return readdirSync(temp).filter((name) => name.startsWith('mtx-doc'));
}

describe('a script', () => {
  test('runs in the world, ends with its own status and leaves nothing', async () => {
    const { code, out, err } = await sandbox(
      'cub space create one\nkubectl create namespace two\nls k8s; echo "$PWD" "$HOME" >&2; exit 7\n',
    );
    expect(code).toBe(7);
    expect(out).toMatch(/^Successfully created space one \(.*\)\nnamespace\/two created\nmap.yaml\n$/);
    expect(err).toMatch(new RegExp(`^${temp}/mtx-doc-[\\w-]+/work ${temp}/mtx-doc-[\\w-]+/home\n$`));
    expect(leftovers()).toEqual([]);
  });

  test('can be ended, and what it started ends with it', async () => {
    const [seconds, more] = [uniqueSeconds(), `${uniqueSeconds()}1`];
    const { code } = await sandbox(`setsid sleep ${more} & echo up; sleep ${seconds}`, [], {
      signal: { name: 'SIGTERM', after: (out) => out.includes('up') },
    });
    expect(code).toBe(130);
    expect([isRunning(`sleep ${seconds}`), isRunning(`sleep ${more}`)]).toEqual([false, false]);
    expect(leftovers()).toEqual([]);
  });

  test('does not outlive mtx-doc, even where that is killed', async () => {
    const seconds = uniqueSeconds();
    const options = { signal: { name: 'SIGKILL', after: (out: string) => out.includes('up') } } as const;
    await sandbox(`echo up; sleep ${seconds}`, [], options);
    await expect.poll(() => isRunning(`sleep ${seconds}`), { timeout: 10_000 }).toBe(false);
    await expect.poll(leftovers, { timeout: 10_000 }).toEqual([]);
  });

  test('needs a shell that is there', async () => {
    expect(await sandbox('', ['--shell', '/nonexistent/sh'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('the shell /nonexistent/sh cannot be started'),
    });
  });
});

test('cub run works at once, and what a worker imports, drifts and comes back', async () => {
  const { code, out } = await sandbox(`${WITH_WORKER}
cub run set-label --space demo team red --quiet
cub unit apply map --space demo
cub unit create found --space demo --target w
cub unit import found --space demo --where "kind = 'ConfigMap' AND metadata.labels.team = 'red'"
cub unit get found --space demo --data-only
kubectl patch configmap settings --type merge -p '{"data":{"a":"2"}}'
cub unit refresh map --space demo
cub unit get map --space demo --jq '.Data' | base64 -d
kubectl delete configmap settings
cub unit refresh map --space demo || cub unit-event list map --space demo --no-header | head -1
`);
  expect(code).toBe(0);
  expect(out).toContain(`apiVersion: v1
data:
  a: "1"
kind: ConfigMap
metadata:
  labels:
    team: red
  name: settings
  namespace: default
configmap/settings patched
`);
  expect(out).toMatch(/  labels:\n    team: red\ndata:\n  a: "2"\n/);
  expect(out).toMatch(/RefreshFailed .* Failed to retrieve live objects: configmaps "settings" not found/);
});

test('on a terminal it says what is there, shows a prompt, and goes without a trace', () => {
  const { stdout } = spawnSync('script', ['-qec', `'${process.execPath}' '${BIN}' sandbox`, '/dev/null'], {
    cwd: folder.path,
    env: { ...process.env, TMPDIR: temp, TERM: 'dumb' },
    input: 'cub space create typed\nexit\n',
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(stdout).toContain('ConfigHub-compatible hub and a simulated Kubernetes cluster');
  expect(stdout).toContain('Leave with `exit` or Ctrl-D.');
  expect(stdout).toContain('(sandbox) work# '.replace('#', process.getuid?.() === 0 ? '#' : '$'));
  expect(stdout).toContain('Successfully created space typed');
  expect(leftovers()).toEqual([]);
});

describe('--state', () => {
  test('goes on another day: entities, objects and files', async () => {
    await sandbox('cub space create one; kubectl create namespace two; touch mine', ['--state', state]);
    const { out } = await sandbox(
      'cub space list --jq ".[].Space.Slug"; kubectl get namespace two -o name; ls',
      ['--state', state],
    );
    expect(out).toBe('one\nnamespace/two\nk8s\nmine\n');
    expect(readdirSync(state).sort()).toEqual(['cluster.sqlite', 'home', 'hub.sqlite', 'work']);
  });

  test('keeps its address, and a second session is refused without harm to the first', async () => {
    const where = 'echo "$CONFIGHUB_URL"';
    const first = await sandbox(where, ['--state', state]);
    let second: Promise<Ended> | undefined;
    const refuse = async (): Promise<Ended> => {
      const ended = await sandbox(':', ['--state', state]);
      writeFileSync(join(state, 'work', 'go'), '');
      return ended;
    };
    const both = await sandbox(
      `${where}; while ! test -e go; do sleep 0.1; done; cub space create on`,
      ['--state', state],
      {
        signal: {
          name: 'SIGTERM',
          after: (out) => {
            if (out.includes('http')) second ??= refuse();
            return false;
          },
        },
      },
    );
    expect(await second).toMatchObject({
      code: 3,
      err: expect.stringContaining('is open in another mtx-doc'),
    });
    expect(both.out).toMatch(/^http:.*\nSuccessfully created space on /);
    expect(both.out.split('\n')[0]).toBe(first.out.trim());
  });

  test.for([
    ['other files', 'notes.txt', 2, 'holds other files'],
    ['no database', 'hub.sqlite', 3, 'cannot be opened: file is not a database'],
  ] as const)('refuses a folder with %s', async ([, name, code, message]) => {
    mkdirSync(state);
    writeFileSync(join(state, name), 'x'.repeat(4096));
    expect(await sandbox(':', ['--state', state])).toMatchObject({
      code,
      err: expect.stringContaining(message),
    });
    expect(readFileSync(join(state, name), 'utf8')).toBe('x'.repeat(4096));
  });

  test('an operation that was under way at a kill -9 completes in the next session, on another port too', async () => {
    const queue = `${WITH_WORKER}cub unit apply map --space demo --wait=false; echo "queued $CONFIGHUB_URL"; sleep 60`;
    const killed = await sandbox(queue, ['--state', state], {
      signal: { name: 'SIGKILL', after: (out) => out.includes('queued') },
    });
    const port = Number(/queued http:\/\/127\.0\.0\.1:(\d+)/.exec(killed.out)?.[1]);
    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const { out, err } = await sandbox(
      `for _ in $(seq 150); do
         test "$(cub unit get map --space demo --jq .LiveRevisionNum)" = 1 && break; sleep 0.2
       done
       cub unit-event list map --space demo --json | grep -o '"Status": "[A-Za-z]*"'
       kubectl get configmap settings -o name
       cub unit refresh map --space demo --timeout 20s`,
      ['--state', state],
    );
    other.close();
    expect(err).toContain(`port ${port} of the hub is taken by another program, so it listens on `);
    expect(out).toMatch(/^"Status": "Completed"\nconfigmap\/settings\nSuccessfully completed Refresh/);
  });
});

describe('--at', () => {
  const chapter = chapterText(
    fence(
      '.run #make',
      'export SPACE=demo-made\ncub space create "$SPACE"\nexport HERE="$PWD/made"; touch made\nOWN="not exported"',
    ),
    fence('.cleanup', 'cub space delete demo-made --quiet'),
  ).replace('  timeout: 30s', '  timeout: 30s\n  requires: [cub]');

  test('gives the end state with its variables and files, the second time without running', async () => {
    writeFileSync(join(folder.path, 'a.md'), chapter);
    const ask = 'cub space list --jq ".[].Space.Slug"; echo "$SPACE, $OWN"; ls "$HERE"';
    const first = await sandbox(ask, ['--at', 'a.md']);
    const again = await sandbox(ask, ['--at', 'a.md', '--state', state]);
    expect([first.code, first.out]).toEqual([
      0,
      expect.stringMatching(/^demo-made\ndemo-made, not exported\n\/.*\/work\/made\n$/),
    ]);
    expect(again.out).toBe(`demo-made\ndemo-made, not exported\n${state}/work/made\n`);
    expect([first.err.includes('#make'), again.err]).toEqual([true, '']);
    const used = await sandbox(':', ['--at', 'a.md', '--state', state]);
    expect(used).toMatchObject({ code: 2, err: expect.stringContaining('holds an earlier session') });
    writeFileSync(join(folder.path, 'k8s', 'more.yaml'), MANIFEST);
    expect((await sandbox('ls k8s', ['--at', 'a.md'])).out).toBe('map.yaml\nmore.yaml\n');
  });

  test.for(['SIGINT', 'SIGKILL'] as const)('%s while the chapter runs leaves nothing', async (name) => {
    const seconds = uniqueSeconds();
    writeFileSync(join(folder.path, 'a.md'), chapter.replace('touch made', `sleep ${seconds}`));
    const signal = { name, after: () => isRunning(`sleep ${seconds}`) };
    const { code } = await sandbox(':', ['--at', 'a.md'], { signal });
    expect(code).toBe(name === 'SIGINT' ? 130 : null);
    await expect.poll(() => isRunning(`sleep ${seconds}`), { timeout: 10_000 }).toBe(false);
    await expect.poll(leftovers, { timeout: 10_000 }).toEqual([]);
  });

  test('a chapter that fails is shown and gives no shell', async () => {
    writeFileSync(join(folder.path, 'a.md'), chapter.replace('touch made', 'false'));
    const { code, out, err } = await sandbox('echo shell', ['--at', 'a.md']);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('0 passed, 1 failed');
    expect([leftovers(), existsSync(join(folder.path, 'cache', 'mtx-doc', 'at'))]).toEqual([[], false]);
  });
});
