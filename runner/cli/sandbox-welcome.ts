/** The first lines of a sandbox: what is there, what stays, how to leave. */
import type { World } from '../world/world.ts';
import type { SandboxFolders } from './sandbox-folders.ts';

/** Ends with an empty line. */
export function renderWelcome(folders: SandboxFolders, world: World, at: string | undefined): string {
  const { kubectl = '', server = '' } = world.info.versions;
  const start = at === undefined ? '' : ` It is as ${at} leaves it, variables included.`;
  const kept =
    folders.state === undefined
      ? 'gone when you leave; with --state DIR it is kept'
      : `kept in ${folders.state}`;
  return `
A ConfigHub-compatible hub and a simulated Kubernetes cluster, on this machine alone.${start}

  cub, kubectl   are set up for them: try \`cub space list\` and \`kubectl get nodes\`
  k8s/           the manifests, a copy in the work folder that you are in
  hub            ${world.env['CONFIGHUB_URL'] ?? ''}
  cluster        Kubernetes ${server}, kubectl ${kubectl}; no container really runs
  state          ${kept}

Leave with \`exit\` or Ctrl-D.

`;
}
