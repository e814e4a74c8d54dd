/** How long the node's own steps take in life, in milliseconds; the sandbox's speed scales them. */
export const LATENCY = {
  /** Network and pause container. */
  sandbox: 350,
  create: 120,
  /** Until the kubelet notices that a container ended (its pod lifecycle relist). */
  relist: 1000,
  refusedPull: 900,
  /** Until the kubelet looks again after a pull was refused. */
  refusedNotice: 3000,
  /** Between two looks at a container that cannot go on. */
  lookAgain: 12_000,
  mountRetry: 500,
  mountRetryMost: 122_000,
  /** From a container's start to its first probe. */
  firstProbe: 200,
} as const;

const FIRST_BACK_OFF_MS = 10_000;
const LAST_BACK_OFF_MS = 300_000;
/** A container that ran this long starts over with the first back-off. */
export const BACK_OFF_FORGIVEN_MS = 600_000;

/** The back-off after `failures` failures in a row (1 = the first): 10 s, 20 s … 5 min. */
export function backOffMs(failures: number): number {
  return Math.min(FIRST_BACK_OFF_MS * 2 ** Math.max(0, failures - 1), LAST_BACK_OFF_MS);
}
