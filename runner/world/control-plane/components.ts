/**
 * The programs of the control plane: from which pinned Go package each is built, and the flags that it is started with.
 * All listen on 127.0.0.1 alone and write into the world's folder.
 */
import { KUBECTL_SOURCE } from '../kubectl-release.ts';

export type ComponentName = 'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kwok';

/** Free ports and the files of one running control plane; `folder` is the world's. */
export interface Setting {
  readonly folder: string;
  readonly ports: Readonly<Record<'etcd' | 'peer' | 'api', number>>;
}

export interface Component {
  readonly name: ComponentName;
  /** The folder of the Go module that pins it, below k8s/control-plane. */
  readonly module: string;
  readonly package: string;
  readonly arguments: (setting: Setting) => readonly string[];
}

const URL_HOST = 'http://127.0.0.1';
export const KUBECONFIG = 'kubeconfig';
export const TOKENS = 'tokens.csv';
export const ACCOUNT_KEY = 'service-account.key';
export const KWOK_CONFIG = 'kwok.yaml';
/** Made by the API server: its own certificate and the authority that signed it. */
export const CERTIFICATE = 'certificates/apiserver.crt';

/** In the order in which they are started. */
export const COMPONENTS: readonly Component[] = [
  {
    name: 'etcd',
    module: '.',
    package: 'go.etcd.io/etcd/server/v3',
    arguments: ({ folder, ports }) => [
      `--data-dir=${folder}/etcd`,
      `--listen-client-urls=${URL_HOST}:${ports.etcd}`,
      `--advertise-client-urls=${URL_HOST}:${ports.etcd}`,
      `--listen-peer-urls=${URL_HOST}:${ports.peer}`,
      `--initial-advertise-peer-urls=${URL_HOST}:${ports.peer}`,
      `--initial-cluster=default=${URL_HOST}:${ports.peer}`,
      '--unsafe-no-fsync',
      '--log-level=warn',
    ],
  },
  {
    name: 'kube-apiserver',
    module: '.',
    package: 'k8s.io/kubernetes/cmd/kube-apiserver',
    arguments: ({ folder, ports }) => [
      `--etcd-servers=${URL_HOST}:${ports.etcd}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      `--secure-port=${ports.api}`,
      `--cert-dir=${folder}/certificates`,
      `--service-account-key-file=${folder}/${ACCOUNT_KEY}`,
      `--service-account-signing-key-file=${folder}/${ACCOUNT_KEY}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      `--token-auth-file=${folder}/${TOKENS}`,
      '--authorization-mode=RBAC',
      '--allow-privileged=true',
      '--service-cluster-ip-range=10.96.0.0/16',
      '--watch-cache=true',
    ],
  },
  {
    name: 'kube-controller-manager',
    module: '.',
    package: 'k8s.io/kubernetes/cmd/kube-controller-manager',
    arguments: ({ folder }) => [
      `--kubeconfig=${folder}/${KUBECONFIG}`,
      `--service-account-private-key-file=${folder}/${ACCOUNT_KEY}`,
      `--root-ca-file=${folder}/${CERTIFICATE}`,
      // Nodes are simulated: a busy machine must not make them lost. The default of 50 s is less than kwok's slowest beat.
      '--node-monitor-grace-period=1h',
      '--leader-elect=false',
      '--secure-port=0',
    ],
  },
  {
    name: 'kube-scheduler',
    module: '.',
    package: 'k8s.io/kubernetes/cmd/kube-scheduler',
    arguments: ({ folder }) => [
      `--kubeconfig=${folder}/${KUBECONFIG}`,
      '--leader-elect=false',
      '--secure-port=0',
    ],
  },
  {
    name: 'kwok',
    module: 'kwok',
    package: 'sigs.k8s.io/kwok/cmd/kwok',
    arguments: ({ folder }) => [
      `--kubeconfig=${folder}/${KUBECONFIG}`,
      `--config=${folder}/${KWOK_CONFIG}`,
      '--manage-all-nodes=true',
      '--node-lease-duration-seconds=40',
      '--node-ip=127.0.0.1',
    ],
  },
];

/** What Kubernetes' programs say of themselves in `/version`. */
export const LINKER_FLAGS: string = [
  '-s -w',
  ...Object.entries({
    gitVersion: `v${KUBECTL_SOURCE.version}`,
    gitMajor: '1',
    gitMinor: KUBECTL_SOURCE.minor,
  }).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`),
].join(' ');
