/** Whether a running container has started and is ready, by its probes. It lives as long as the process. */
import type { Context } from '../controller.ts';
import type { ContainerSpec, ProbeKind, ProbeSpec } from './pod-spec.ts';
import { probeOnce, runProbe } from './probe.ts';
import type { Process } from './process.ts';

export interface HealthHooks {
  /** A probe failed, whether or not it counts yet. */
  unhealthy(message: string): void;
  /** `started` or `ready` changed. */
  changed(): void;
  /** A liveness or startup probe failed for good: the container must be restarted. */
  failed(kind: ProbeKind): void;
}

export class Health {
  readonly #spec: ContainerSpec;
  readonly #hooks: HealthHooks;
  readonly #probes: readonly (() => void)[];
  #started: boolean;
  #ready: boolean;

  constructor(
    context: Context,
    spec: ContainerSpec,
    process: Process,
    ip: string,
    hooks: HealthHooks,
    known?: { readonly started: boolean; readonly ready: boolean },
  ) {
    this.#spec = spec;
    this.#hooks = hooks;
    this.#started = known?.started ?? !this.#has('Startup');
    this.#ready = known?.ready ?? (this.#started && !this.#has('Readiness'));
    this.#probes = spec.probes.map((probe) =>
      runProbe(context, probe, () => probeOnce(probe, spec, process, ip), {
        started: () => this.#started,
        event: (message) => hooks.unhealthy(message),
        decided: (decided, success) => this.#decide(decided, success),
      }),
    );
  }

  get started(): boolean {
    return this.#started;
  }

  get ready(): boolean {
    return this.#ready;
  }

  stop(): void {
    for (const cancel of this.#probes) cancel();
  }

  #has(kind: ProbeKind): boolean {
    return this.#spec.probes.some((probe) => probe.kind === kind);
  }

  #decide({ kind }: ProbeSpec, success: boolean): void {
    const before = `${this.#started} ${this.#ready}`;
    if (kind === 'Readiness') this.#ready = success;
    else if (!success) {
      this.stop();
      this.#hooks.failed(kind);
    } else if (kind === 'Startup') {
      this.#started = true;
      this.#ready = !this.#has('Readiness');
    }
    if (before !== `${this.#started} ${this.#ready}`) this.#hooks.changed();
  }
}
