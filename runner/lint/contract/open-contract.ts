/** From the names that `--contract` takes to contracts. */
import type { Contract } from './contract.ts';
import { openCub, CUB_VERSIONS } from './open-cub.ts';
import { KUBECTL_VERSIONS, openKubectl } from './open-kubectl.ts';

/** What `--contract` accepts. */
export const CONTRACT_NAMES: readonly string[] = [
  ...CUB_VERSIONS,
  ...KUBECTL_VERSIONS.map((version) => `kubectl-${version}`),
];

/** The latest `cub`, and what any supported `kubectl` accepts. */
export function openUsualContract(): Contract {
  return { name: '', cub: openCub(CUB_VERSIONS.at(-1) ?? ''), kubectl: openKubectl() };
}

/** The contract of a name out of `CONTRACT_NAMES`. */
export function openContract(name: string): Contract {
  const kubectl = /^kubectl-(.+)$/.exec(name)?.[1];
  return kubectl === undefined ? { name, cub: openCub(name) } : { name, kubectl: openKubectl(kubectl) };
}
