/** The embedded world as the rest of mtx-doc sees it: two servers on loopback and nothing else. Types only; `openSandbox` is in open.ts. */

export interface SandboxOptions {
  /** The same seed gives the same names, UIDs and secrets. */
  readonly seed: string;
  /** The Kubernetes version that the emulator claims, `v1.34.4`: kubectl warns when it is more than one minor away. */
  readonly kubernetesVersion: string;
  /** Multiplies start-up times and back-offs of the image catalogue; 1 is as in life. */
  readonly speed: number;
}

export interface Sandbox {
  /** Without a trailing slash: the original client cannot live with one. */
  readonly hubUrl: string;
  /** A kubeconfig with one context, `mtx-emulator`, as the cluster's administrator. */
  readonly kubeconfig: string;
  /** What `$HOME/.confighub/session.json` has to hold. */
  readonly hubSession: string;
  /** Values that must not be printed. */
  readonly secrets: readonly string[];
  /** What exists beyond a fresh sandbox, one line each: `space demo-traderx`, `namespace demo`. */
  leftovers(): Promise<readonly string[]>;
  close(): Promise<void>;
}
