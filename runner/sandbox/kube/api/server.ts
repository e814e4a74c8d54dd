/** What the API's handlers share: types only. */
import type { Tokens } from '../auth/tokens.ts';
import type { Cluster, KubeOptions, Nodes } from '../kube.ts';
import type { Core } from '../objects/core.ts';

export interface ApiServer {
  readonly core: Core;
  readonly cluster: Cluster;
  readonly tokens: Tokens;
  readonly options: Pick<KubeOptions, 'version' | 'adminToken'>;
  nodes(): Nodes;
}
