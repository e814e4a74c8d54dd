/** Image references, registries' refusals, and what processes are planned from commands. */
import { expect, test } from 'vitest';
import { IMAGES } from '../../../../../runner/sandbox/kube/catalogue/data/images.ts';
import { findImage } from '../../../../../runner/sandbox/kube/catalogue/find-image.ts';
import { parseImageReference } from '../../../../../runner/sandbox/kube/catalogue/image-reference.ts';
import { planShell } from '../../../../../runner/sandbox/kube/catalogue/plan-shell.ts';

test.each([
  ['nginx', 'docker.io/library/nginx:latest'],
  ['nginx:1.27', 'docker.io/library/nginx:1.27'],
  ['library/nginx', 'docker.io/library/nginx:latest'],
  ['finos/traderx', 'docker.io/finos/traderx:latest'],
  ['docker.io/nginx', 'docker.io/library/nginx:latest'],
  ['ghcr.io/finos/traderx/trade-service:v1', 'ghcr.io/finos/traderx/trade-service:v1'],
  ['localhost:5000/a/b', 'localhost:5000/a/b:latest'],
  [`nginx:1.27@sha256:${'a'.repeat(64)}`, `docker.io/library/nginx@sha256:${'a'.repeat(64)}`],
])('%s is %s', (image, full) => {
  expect(parseImageReference(image)?.full).toBe(full);
});

test.each(['Nginx', 'nginx:', 'nginx 1', '', 'nginx:1.27@sha256:abc', 'a//b'])(
  '%j is no reference',
  (image) => {
    expect(parseImageReference(image)).toBeUndefined();
  },
);

test.each([
  ['nginx:1.27-alpine', 'found'],
  ['ghcr.io/finos/traderx/reference-data:v2', 'found'],
  ['ghcr.io/finos/traderx/reference-data', 'refused'],
  ['nginx:toString', 'refused'],
  [`nginx@sha256:${'0'.repeat(64)}`, 'refused'],
  ['NGINX', 'invalid'],
])('%s is %s', (image, kind) => {
  expect(findImage(IMAGES, image).kind).toBe(kind);
});

test.each([
  [
    'acme/app:1',
    'failed to pull and unpack image "docker.io/acme/app:1": failed to resolve reference "docker.io/acme/app:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  ],
  [
    'ghcr.io/acme/app:1',
    'failed to pull and unpack image "ghcr.io/acme/app:1": failed to resolve reference "ghcr.io/acme/app:1": failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://ghcr.io/token?scope=repository%3Aacme%2Fapp%3Apull&service=ghcr.io: 403 Forbidden',
  ],
])("%s is refused in its registry's words", (image, error) => {
  expect(findImage(IMAGES, image)).toEqual({ kind: 'refused', error });
});

const shell = (script: string): readonly string[] => ['sh', '-c', script];

test.each([
  [['true'], 0],
  [['false'], 1],
  [shell('exit 3'), 3],
  [shell('false; true'), 0],
  [shell('false && echo no; exit 4'), 4],
  [shell('false || exit 5'), 5],
  [shell('cat /etc/passwd | wc -l'), 127],
  [['curl', 'http://x'], 127],
])('%j ends with %i', (words, code) => {
  expect(planShell(words).end?.code).toBe(code);
});

test('sleep takes its time, a loop never ends', () => {
  expect(planShell(['sleep', '5']).end?.afterMs).toBeGreaterThanOrEqual(5000);
  expect(planShell(['sleep', '2m']).end?.afterMs).toBeGreaterThanOrEqual(120_000);
  expect(planShell(['sleep', 'infinity']).end).toBeUndefined();
  const loop = planShell(shell('echo start; while true; do echo tick; sleep 10; done'));
  expect(loop.end).toBeUndefined();
  expect(loop.lines.slice(0, 3).map(({ text }) => text)).toEqual(['start', 'tick', 'tick']);
});

test('files come and go as the script says', () => {
  const [file] = planShell(shell('touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600')).files;
  expect(file).toMatchObject({ path: '/tmp/healthy' });
  expect((file?.untilMs ?? 0) - (file?.fromMs ?? 0)).toBeGreaterThanOrEqual(30_000);
});
