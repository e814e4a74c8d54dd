/** From the names that `--contract` takes to contracts. */
import type { Contract, CubContract, Program } from './contract.ts';
import { openCub, CUB_VERSIONS } from './open-cub.ts';
import { KUBECTL_VERSIONS, openKubectl } from './open-kubectl.ts';

/** What `--contract` accepts. */
export const CONTRACT_NAMES: readonly string[] = [
  ...CUB_VERSIONS,
  ...KUBECTL_VERSIONS.map((version) => `kubectl-${version}`),
];

/** The latest `cub`, and what any supported `kubectl` accepts; each read when it is first asked for. */
export function openUsualContract(): Contract {
  let cub: CubContract | undefined;
  let kubectl: Program | undefined;
  return {
    name: '',
    get cub() {
      return (cub ??= openCub(CUB_VERSIONS.at(-1) ?? ''));
    },
    get kubectl() {
      return (kubectl ??= openKubectl());
    },
  };
}

/** The contract of a name out of `CONTRACT_NAMES`. */
export function openContract(name: string): Contract {
  const kubectl = /^kubectl-(.+)$/.exec(name)?.[1];
  return kubectl === undefined ? { name, cub: openCub(name) } : { name, kubectl: openKubectl(kubectl) };
}
