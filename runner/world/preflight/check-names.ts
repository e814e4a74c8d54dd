/** What the command line names for a world, before anything runs: a chapter that needs no world would never ask for it. */
import { isExecutable } from '../find-on-path.ts';
import { WorldNotReady } from '../not-ready.ts';
import { readClusterName, readHubUrl } from '../reader/names.ts';
import type { WorldOptions } from '../world.ts';
import type { Check } from './check.ts';

type Names = Pick<WorldOptions, 'cluster' | 'hub' | 'cub' | 'kubectl'>;

/** One failed check for each name that leads nowhere. Contexts and hubs are asked when a world is opened. */
export async function checkNames({ cluster, hub, cub, kubectl }: Names): Promise<readonly Check[]> {
  const checks = [
    checkName('--cluster', () => readClusterName(cluster)),
    checkName('--hub', () => readHubUrl(hub)),
    await checkProgram('--cub', cub),
    await checkProgram('--kubectl', kubectl),
  ];
  return checks.flat();
}

function checkName(name: string, read: () => unknown): readonly Check[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof WorldNotReady)) throw error;
    return [{ name, status: 'failed', detail: error.message, remedy: error.remedy }];
  }
}

async function checkProgram(name: string, path: string | undefined): Promise<readonly Check[]> {
  if (path === undefined || (await isExecutable(path))) return [];
  const remedy = `Give ${name} the path of an executable file, or leave it out.`;
  return [{ name, status: 'failed', detail: `there is no program at ${path}`, remedy }];
}
