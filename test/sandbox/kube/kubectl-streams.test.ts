/** Real kubectl execs, attaches and forwards ports: 1.28 to 1.30 by SPDY, later ones by WebSocket (`MTX_KUBECTL=PATH`). */
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, kubectl, openClient } from '../../helper/kubectl.ts';

const suite = 'streams of kubectl (skipped where neither MTX_KUBECTL nor PATH has one)';

describe.skipIf(kubectl === undefined)(suite, () => {
  let client: Client;

  beforeAll(async () => {
    client = await openClient();
    await client.run('run web --image=nginx:1.27');
    await client.run(['run', 'talker', '--image=busybox', '--', 'sh', '-c', 'sleep 200; echo done; exit 3']);
    await client.run('run broken --image=nginx:none');
    expect(await client.run('wait pod/web pod/talker --for=condition=Ready --timeout=20s')).toContain(
      'pod/talker condition met',
    );
  });

  afterAll(async () => await client.close());

  test.each([
    ['-i talker -- cat', /does not implement running "cat": .* catalogue does not know/v],
    ['web -- echo hello', /^hello\n$/v],
    ['web -- false', /^command terminated with exit code 1\nexit 1\n$/v],
    ['broken -- true', /unable to upgrade connection: container not found \("broken"\)\nexit 1/v],
    ['web -- ls', /does not implement running "ls"/v],
  ])('exec %s', async (words, expected) => {
    expect(await client.run(`exec ${words}`, 'typed')).toMatch(expected);
  });

  test('attach hears what comes, to the last line', async () => {
    expect(await client.run('attach talker')).toContain('done\n');
  });

  test('a port where the catalogue has a server is answered, again and again', async () => {
    const forwarding = await forward('port-forward pod/web :80');
    const { child, url } = forwarding;
    const answers = await Promise.all(['/', '/index.html', '/none'].map((path) => fetch(`${url}${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404]);
    expect(await answers[0]?.text()).toContain('Welcome to nginx!');
    const posted = await fetch(`${url}/`, { method: 'POST', body: 'x' });
    expect([posted.status, await posted.text()]).toEqual([501, expect.stringContaining('what POST does')]);
    const closed = once(child, 'close');
    child.kill();
    await closed;
    expect(forwarding.output()).not.toContain('error');
  });

  test('a port where nothing listens is refused as by containerd', async () => {
    const forwarding = await forward('port-forward pod/web :8080');
    const { child, url } = forwarding;
    const closed = once(child, 'close');
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    const [code] = (await closed) as [number];
    expect(code).toBe(1);
    expect(forwarding.output()).toMatch(
      /error forwarding port 8080 to pod [0-9a-f]{64}, uid : failed to execute portforward in network namespace \\?"\/var\/run\/netns\/cni-[0-9a-f\-]{36}\\?": failed to connect to localhost:8080 inside namespace \\?"[0-9a-f]{64}\\?", IPv4: dial tcp4 127\.0\.0\.1:8080: connect: connection refused IPv6 dial tcp6 \[::1\]:8080: connect: connection refused/v,
    );
    expect(forwarding.output()).toContain('error: lost connection to pod');
  });

  interface Forwarding {
    readonly child: ChildProcess;
    readonly url: string;
    output(): string;
  }

  async function forward(command: string): Promise<Forwarding> {
    const child = client.start(command);
    const printed: string[] = [];
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error('kubectl has no output');
    stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
    const lines = createInterface(stdout);
    const [first] = (await once(lines, 'line')) as [string];
    lines.on('line', (line) => printed.push(line));
    const port = /127\.0\.0\.1:(\d+)/v.exec(first)?.[1];
    if (port === undefined) throw new Error(`${first}\n${printed.join('')}`);
    return { child, url: `http://127.0.0.1:${port}`, output: () => printed.join('') };
  }
});
