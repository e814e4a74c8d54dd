/**
 * "Afterwards hub and cluster equal the start": whatever a chapter forgets to take down, of any kind, is found, told by kind
 * and name, at the clean-up that should have seen to it; and what the world does of its own accord is not.
 */
import { afterEach, expect, test } from 'vitest';
import { openFolder, startCli, type Ended } from '../support/cli.ts';

let folder: ReturnType<typeof openFolder>;
afterEach(() => folder.close());

/** A chapter that runs `commands` from line 11 on; its clean-up, where it has one, is two lines below. */
function chapter(commands: readonly string[], cleanup?: readonly string[], needs = ''): string {
  const end = cleanup === undefined ? [] : ['', '```bash {.cleanup}', ...cleanup, '```'];
  return [
    `---\ntitle: A\nmtx:\n  requires: [cub, kubectl]\n  needs: [${needs}]\n---\n\n# A\n`,
    '```bash {.run}',
    ...commands,
    '```',
    ...end,
    '',
  ].join('\n');
}

async function run(files: Readonly<Record<string, string>>, last = 'a.md'): Promise<Ended> {
  folder = openFolder(files);
  return await startCli(folder.path, ['run', last]);
}

const found = ({ out }: Ended): string[] => out.split('\n').filter((line) => /: (?:left|gone)/.test(line));

test('things of every kind, in hub and cluster', async () => {
  const ended = await run({
    'a.md': chapter(
      [
        'cub space create s',
        'cub filter create large Unit --space s --where-field "HeadRevisionNum > 9"',
        'cub trigger create gate Mutation Kubernetes/YAML is-approved 1 --space s',
        'kubectl create clusterrolebinding view-all --clusterrole=view --user=a',
        'kubectl create configmap map',
        'kubectl label namespace default team=a',
        'kubectl delete clusterrolebinding system:basic-user',
      ],
      ['echo nothing'],
    ),
  });
  expect(found(ended).map((line) => line.replace('FAIL a.md:20: ', ''))).toEqual([
    'left behind: space s',
    'left behind: filter large in space s',
    'left behind: trigger gate in space s',
    'left behind: configmap map in namespace default',
    'left behind: clusterrolebinding view-all',
    'gone: clusterrolebinding system:basic-user',
    'left changed: namespace default',
  ]);
  expect(ended.code).toBe(1);
  expect(ended.out).toMatch(/\n2 passed, 1 failed\n$/);
});

test('each is told of the chapter that made it, also without a clean-up', async () => {
  const ended = await run({
    'first.md': chapter(
      ['kubectl create namespace one', 'kubectl create namespace two'],
      ['kubectl delete namespace one'],
    ),
    'a.md': chapter(
      ['kubectl create clusterrolebinding b --clusterrole=view --user=a'],
      undefined,
      'first.md',
    ),
  });
  expect(found(ended)).toEqual([
    'FAIL first.md:15: left behind: namespace two',
    'FAIL a.md (no clean-up): left behind: clusterrolebinding b',
  ]);
  expect(ended.code).toBe(1);
});

test('what is put back, and what the cluster makes by itself, is nothing to tell', async () => {
  const ended = await run({
    'a.md': chapter(
      [
        'kubectl create namespace n',
        'kubectl create deployment d --namespace n --image=ghcr.io/finos/traderx/reference-data:v1',
        'kubectl expose deployment d --namespace n --port=80',
        'kubectl rollout status deployment/d --namespace n --timeout=30s',
        'kubectl label namespace default team=a',
      ],
      ['kubectl delete namespace n --wait=false', 'kubectl label namespace default team-'],
    ),
  });
  expect(ended.code, ended.out + ended.err).toBe(0);
});
