/**
 * The worker as a container program: what the image catalogue starts for a pod with the worker's image. It reads what the
 * original reads from its environment, logs in, registers one target named like itself and works until it is stopped.
 */
import type { ContainerProgram, ContainerStart } from '../kube/kube.ts';
import { createHubClient, type HubClient } from './hub-client.ts';
import { openKubernetes } from './kubernetes.ts';
import { perform } from './operations.ts';
import type { ActionResult, ApiServer, Kubernetes, WorkerEvent } from './worker.ts';

const WAIT_TIMEOUT = '2m0s';
const NO_ID = '00000000-0000-0000-0000-000000000000';

export interface WorkerProgramOptions {
  /** Asked when a worker starts, because the cluster listens later than it is made. */
  readonly apiServer: () => ApiServer;
  /** Multiplies how long an apply may wait for readiness, as the catalogue's times are multiplied. */
  readonly speed: number;
  /** Where the hub of this address is to be found now; absent: there. */
  readonly reach?: (url: string) => string;
}

/** The program for the worker's image. */
export function createWorkerProgram(options: WorkerProgramOptions): ContainerProgram {
  return {
    start(container) {
      const abort = new AbortController();
      const live = async (): Promise<void> => {
        const code = await run(container, options, abort.signal);
        if (!abort.signal.aborted) container.exited(code);
      };
      void live();
      return { stop: () => abort.abort() };
    },
  };
}

/** Resolves with the exit code. Like the original the worker ends when its stream ends; its pod starts it again. */
async function run(
  container: ContainerStart,
  options: WorkerProgramOptions,
  signal: AbortSignal,
): Promise<number> {
  const {
    CONFIGHUB_URL: url,
    CONFIGHUB_WORKER_ID: workerId,
    CONFIGHUB_WORKER_SECRET: secret,
  } = container.env;
  if (url === undefined || workerId === undefined || secret === undefined) {
    container.log('CONFIGHUB_URL, CONFIGHUB_WORKER_ID and CONFIGHUB_WORKER_SECRET must be set');
    return 1;
  }
  if (secret.length < 8) {
    container.log('CONFIGHUB_WORKER_SECRET must have at least 8 characters');
    return 1;
  }
  try {
    const kubernetes = await openKubernetes(options.apiServer(), container.token);
    const hub = createHubClient({ url: options.reach?.(url) ?? url, workerId, secret, signal });
    const { Slug } = await hub.me();
    container.log(`[INFO] Starting worker ${Slug} for ${url}`);
    for await (const event of hub.events(registration(container.env['IN_CLUSTER_TARGET_NAME'] ?? Slug))) {
      handle(event, { hub, kubernetes, container, signal, speed: options.speed });
    }
    container.log('[ERROR] the event stream ended');
  } catch (error) {
    if (!signal.aborted) container.log(`[ERROR] ${error instanceof Error ? error.message : String(error)}`);
  }
  return 1;
}

function registration(targetName: string): unknown {
  const target = { Name: targetName, Params: { WaitTimeout: WAIT_TIMEOUT } };
  return {
    BridgeWorkerInfo: {
      SupportedConfigTypes: [
        { ToolchainType: 'Kubernetes/YAML', ProviderType: 'Kubernetes', AvailableTargets: [target] },
      ],
    },
    FunctionWorkerInfo: { SupportedFunctions: {} },
  };
}

interface Session {
  readonly hub: HubClient;
  readonly kubernetes: Kubernetes;
  readonly container: ContainerStart;
  readonly signal: AbortSignal;
  readonly speed: number;
}

function handle(event: WorkerEvent, { hub, kubernetes, container, signal, speed }: Session): void {
  const tell = (result: Readonly<Record<string, unknown>>): Promise<void> =>
    hub.report(result).catch((error: unknown) => {
      if (!signal.aborted) container.log(`[ERROR] could not tell the hub: ${String(error)}`);
    });
  if (event.Event === 'WorkerEvent') {
    const heartbeat = { Action: 'Heartbeat', Result: 'None', Status: 'Completed', Message: '' };
    void tell({
      ...heartbeat,
      UnitID: NO_ID,
      SpaceID: NO_ID,
      QueuedOperationID: NO_ID,
      StartedAt: new Date().toISOString(),
    });
    return;
  }
  const { Action, Payload } = event.Data;
  const StartedAt = new Date().toISOString();
  const { UnitID, SpaceID, QueuedOperationID, RevisionNum } = Payload;
  const report = (result: ActionResult): Promise<void> => {
    container.log(`[INFO] ${Action} ${Payload.UnitSlug ?? UnitID}: ${result.Status} ${result.Message}`);
    const ended = result.Status === 'Progressing' ? {} : { TerminatedAt: new Date().toISOString() };
    return tell({ UnitID, SpaceID, QueuedOperationID, RevisionNum, Action, StartedAt, ...ended, ...result });
  };
  void perform(Action, Payload, { kubernetes, report, signal, speed, log: (line) => container.log(line) });
}
