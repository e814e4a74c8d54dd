/** One probe of one container, and the loop that repeats it. Texts are those of pkg/kubelet/prober and pkg/probe. */
import type { Context } from '../controller.ts';
import { LATENCY } from './latencies.ts';
import type { ContainerSpec, ProbeSpec } from './pod-spec.ts';
import type { Process } from './process.ts';

export type ProbeResult =
  | { readonly kind: 'success' }
  /** `errored`: the probe itself could not be made; it counts neither way. */
  | { readonly kind: 'failure' | 'errored'; readonly text: string };

const SUCCESS: ProbeResult = { kind: 'success' };

/** Probes once. */
export function probeOnce(
  probe: ProbeSpec,
  container: ContainerSpec,
  process: Process,
  ip: string,
): ProbeResult {
  const { check } = probe;
  if (check.kind === 'exec') return probeExec(process, check.command);
  if (check.kind === 'grpc')
    return { kind: 'failure', text: 'mtx-doc sandbox: the image catalogue has no gRPC services' };
  const port = resolvePort(check.port, container);
  if (typeof port !== 'number') return port;
  const answer = process.request(port, check.kind === 'http' ? check.path : '/');
  const refused = `dial tcp ${ip}:${port}: connect: connection refused`;
  if (check.kind === 'tcp') return answer === undefined ? { kind: 'failure', text: refused } : SUCCESS;
  const url = `${check.scheme}://${ip}:${port}${check.path}`;
  if (answer === undefined) return { kind: 'failure', text: `Get "${url}": ${refused}` };
  if (check.scheme === 'https')
    return {
      kind: 'failure',
      text: `Get "${url}": http: server gave HTTP response to HTTPS client`,
    };
  return answer.status >= 200 && answer.status < 400
    ? SUCCESS
    : { kind: 'failure', text: `HTTP probe failed with statuscode: ${answer.status}` };
}

function probeExec(process: Process, command: readonly string[]): ProbeResult {
  const result = process.exec(command);
  if (result === undefined) {
    const text = `mtx-doc sandbox: the image catalogue cannot run ${JSON.stringify(command.join(' '))}`;
    return { kind: 'failure', text };
  }
  return result.code === 0 ? SUCCESS : { kind: 'failure', text: result.output };
}

/** A port by number or by name; the kubelet resolves names among the container's ports. */
function resolvePort(port: number | string, container: ContainerSpec): number | ProbeResult {
  if (typeof port === 'number') return port;
  const named = container.ports.find(({ name }) => name === port);
  if (named !== undefined) return named.port;
  if (/^\d+$/.test(port)) return Number(port);
  return { kind: 'errored', text: `strconv.Atoi: parsing "${port}": invalid syntax` };
}

export interface ProbeHooks {
  /** Whether the container has passed its startup probe. */
  started(): boolean;
  event(message: string): void;
  /** The result that the thresholds let through. */
  decided(probe: ProbeSpec, success: boolean): void;
}

/** Repeats `probe` until the returned function is called, or it has decided for good. */
export function runProbe(
  context: Context,
  probe: ProbeSpec,
  once: () => ProbeResult,
  hooks: ProbeHooks,
): () => void {
  let last: boolean | undefined;
  let run = 0;
  let over = false;
  let cancel = context.later(Math.max(probe.initialDelayMs, LATENCY.firstProbe), tick);
  function tick(): void {
    const isDue = probe.kind === 'Startup' ? !hooks.started() : hooks.started();
    if (isDue) look(once());
    if (!over) cancel = context.later(probe.periodMs, tick);
  }
  function look(result: ProbeResult): void {
    if (result.kind === 'errored')
      hooks.event(`${probe.kind} probe errored and resulted in unknown state: ${result.text}`);
    if (result.kind === 'failure') hooks.event(`${probe.kind} probe failed: ${result.text}`);
    if (result.kind === 'errored') return;
    const success = result.kind === 'success';
    run = last === success ? run + 1 : 1;
    last = success;
    if (run < (success ? probe.successThreshold : probe.failureThreshold)) return;
    if (probe.kind === 'Startup' || (probe.kind === 'Liveness' && !success)) over = true;
    hooks.decided(probe, success);
  }
  return () => {
    over = true;
    cancel();
  };
}
