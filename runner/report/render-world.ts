/** Says in one line what a run ran against: a result is worth no more than the world that gave it. */
import type { WorldInfo } from '../world/world.ts';

const CLUSTERS: Readonly<Record<WorldInfo['cluster'], string>> = {
  none: '',
  emulator: 'emulator',
  'control-plane': 'real control plane, simulated nodes',
  context: 'context',
};

/** "simulated cluster (Kubernetes 1.34 emulator), embedded hub, kubectl 1.34.4, cub 0.1.0"; "no hub, no cluster". */
export function renderWorld(world: WorldInfo): string {
  const { server, ...clients } = world.versions;
  const versions = Object.entries(clients)
    .sort(([a], [b]) => b.localeCompare(a))
    .map(([name, version]) => `${name} ${bare(version)}`);
  return [renderCluster(world, server), renderHub(world), ...versions].join(', ');
}

function renderCluster(world: WorldInfo, server: string | undefined): string {
  if (world.cluster === 'none') return 'no cluster';
  const kubernetes = server === undefined ? [] : [`Kubernetes ${bare(server)}`];
  const kind =
    world.clusterName === undefined
      ? CLUSTERS[world.cluster]
      : `${CLUSTERS[world.cluster]} ${world.clusterName}`;
  const head = world.simulated ? 'simulated cluster' : 'cluster';
  return `${head} (${[...kubernetes, kind].join(world.cluster === 'emulator' ? ' ' : ', ')})`;
}

/** `1.34.4` for `v1.34.4`. */
function bare(version: string): string {
  return version.replace(/^v(?=\d)/, '');
}

function renderHub(world: WorldInfo): string {
  switch (world.hub) {
    case 'none':
      return 'no hub';
    case 'embedded':
      return 'embedded hub';
    case 'remote':
      return world.hubName === undefined ? 'remote hub' : `hub ${world.hubName}`;
  }
}

/** The different worlds of a report, in order of first use. */
export function renderWorlds(worlds: readonly (WorldInfo | undefined)[]): readonly string[] {
  return [...new Set(worlds.flatMap((world) => (world === undefined ? [] : [renderWorld(world)])))];
}
