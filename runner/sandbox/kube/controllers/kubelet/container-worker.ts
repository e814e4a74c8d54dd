/** Takes one container through its stages (container-stages.ts): pulls, starts, probes, restarts, backs off. */
import type { FoundImage, ImageLookup } from '../../catalogue/find-image.ts';
import type { Context } from '../controller.ts';
import type { JsonObject } from '../../kube.ts';
import { goDuration } from '../times.ts';
import { ContainerHistory } from './container-history.ts';
import {
  WAITING,
  fill,
  findTransition,
  type EventText,
  type Signal,
  type Stage,
} from './container-stages.ts';
import { Health, type HealthHooks } from './health.ts';
import { BACK_OFF_FORGIVEN_MS, LATENCY, backOffMs } from './latencies.ts';
import type { ContainerSpec } from './pod-spec.ts';
import type { ContainerView } from './pod-status.ts';
import type { Process } from './process.ts';

/** What the pod and its node do for a container. */
export interface ContainerHost {
  readonly context: Context;
  /** `name_namespace(uid)`, as the kubelet names pods. */
  readonly podTitle: string;
  readonly podIP: () => string;
  readonly firstReason: string;
  readonly find: (image: string) => ImageLookup;
  readonly isPresent: (found: FoundImage) => boolean;
  readonly remember: (found: FoundImage) => void;
  readonly event: (container: ContainerSpec, event: EventText) => void;
  /** Checks what must be there before the process starts. Returns what CreateContainerConfigError says. */
  readonly refuse: (container: ContainerSpec, found: FoundImage) => string | undefined;
  readonly run: (
    container: ContainerSpec,
    found: FoundImage,
    startedAt: number,
    exited: (code: number) => void,
  ) => Process;
  readonly restarts: (container: ContainerSpec, code: number) => boolean;
  /** Stage, readiness or text changed. */
  readonly changed: () => void;
}

export class ContainerWorker {
  readonly spec: ContainerSpec;
  readonly #host: ContainerHost;
  readonly #history: ContainerHistory;
  #stage: Stage = 'blocked';
  #timer: (() => void) | undefined;
  #found: FoundImage | undefined;
  #process: Process | undefined;
  #healthy: Health | undefined;
  #pullFailures = 0;
  #crashes = 0;
  #backOffFrom = 0;
  #error = '';
  #stopping = false;

  constructor(spec: ContainerSpec, host: ContainerHost) {
    this.spec = spec;
    this.#host = host;
    this.#history = new ContainerHistory(host.firstReason);
  }

  get stage(): Stage {
    return this.#stage;
  }

  get isRunning(): boolean {
    return this.#stage === 'running';
  }

  get hasStarted(): boolean {
    return this.isRunning && (this.#healthy?.started ?? false);
  }

  /** Ended for good with exit code 0. */
  get hasSucceeded(): boolean {
    return this.#stage === 'done' && this.#history.ended?.code === 0;
  }

  /** What runs in it now. */
  get process(): Process | undefined {
    return this.#process;
  }

  view(): ContainerView {
    const found = this.#history.hasStarted ? this.#found : undefined;
    return {
      ...this.#history.view(),
      spec: this.spec,
      started: this.hasStarted,
      ready: this.spec.role === 'init' ? this.hasSucceeded : (this.#healthy?.ready ?? false),
      finished: this.#stage === 'done',
      image: found?.reference.full ?? this.spec.image,
      imageID: found?.id ?? '',
    };
  }

  /** Its turn has come: looks at the image. Only in stage `blocked`. */
  begin(): void {
    const lookup = this.#host.find(this.spec.image);
    this.#found = lookup.kind === 'found' ? lookup.found : undefined;
    if (lookup.kind !== 'found') this.#error = lookup.error;
    const present = this.#found !== undefined && this.#host.isPresent(this.#found);
    if (lookup.kind === 'invalid') this.#fire('image-unreadable');
    else if (this.spec.pullPolicy === 'Never' && !present) this.#fire('image-forbidden');
    else this.#fire(present && this.spec.pullPolicy !== 'Always' ? 'image-present' : 'image-absent');
  }

  /** Takes up a container that was running when the sandbox's state was kept; false if that cannot be. */
  resume(status: JsonObject): boolean {
    const lookup = this.#host.find(this.spec.image);
    const since = lookup.kind === 'found' ? this.#history.resumes(status) : undefined;
    if (lookup.kind !== 'found' || since === undefined) return false;
    this.#found = lookup.found;
    this.#host.remember(lookup.found);
    this.#stage = 'running';
    this.#run(lookup.found, since, { started: status['started'] === true, ready: status['ready'] === true });
    return true;
  }

  /** The pod ends: the process is asked to stop, everything else is given up. */
  stop(graceMs: number): void {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#clearTimer();
    this.#healthy?.stop();
    if (!this.isRunning) return;
    this.#kill(`Stopping container ${this.spec.name}`, graceMs);
  }

  close(): void {
    this.#clearTimer();
    this.#healthy?.stop();
    this.#process?.close();
    this.#process = undefined;
  }

  #kill(message: string, graceMs: number): void {
    this.#host.event(this.spec, { type: 'Normal', reason: 'Killing', message });
    this.#process?.stop(graceMs);
  }

  #fire(signal: Signal): void {
    const transition = findTransition(this.#stage, signal);
    if (transition === undefined) throw new Error(`no ${signal} in stage ${this.#stage}`);
    this.#stage = transition.to;
    const values = this.#values();
    for (const { type, reason, message } of transition.events)
      this.#host.event(this.spec, { type, reason, message: fill(message, values) });
    const waiting = WAITING[this.#stage];
    if (waiting !== undefined) this.#history.waits(waiting.reason, fill(waiting.message, values));
    this.#enter();
    this.#host.changed();
  }

  #values(): Readonly<Record<string, string>> {
    const pullMs = this.#found?.image.pullMs ?? 0;
    return {
      image: this.spec.image,
      container: this.spec.name,
      pod: this.#host.podTitle,
      error: this.#error,
      duration: goDuration(pullMs),
      bytes: String(this.#found?.tag.bytes ?? 0),
      backOff: goDuration(backOffMs(this.#crashes - 1)),
    };
  }

  #enter(): void {
    switch (this.#stage) {
      case 'blocked':
        this.begin();
        return;
      case 'pulling':
        this.#after(this.#found?.image.pullMs ?? LATENCY.refusedPull, () => this.#pulled());
        return;
      case 'pull-failed':
        this.#after(LATENCY.refusedNotice, () => this.#fire('hold-back'));
        return;
      case 'pull-back-off':
        this.#holdBack(backOffMs(this.#pullFailures));
        return;
      case 'crash-back-off':
        this.#holdBack(backOffMs(this.#crashes - 1));
        return;
      case 'creating':
        this.#after(LATENCY.create, () => this.#create());
        return;
      case 'image-missing':
      case 'image-invalid':
      case 'config-error':
        this.#after(LATENCY.lookAgain, () => this.#fire('look-again'));
        return;
      case 'ended':
        if (!this.#stopping) this.#after(LATENCY.relist, () => this.#decide());
        return;
      case 'running':
      case 'done':
    }
  }

  #pulled(): void {
    if (this.#found === undefined) {
      this.#pullFailures += 1;
      this.#backOffFrom = this.#now();
      this.#fire('pull-refused');
      return;
    }
    this.#pullFailures = 0;
    this.#host.remember(this.#found);
    this.#fire('pulled');
  }

  /** Waits until the back-off is over, with a look (and an event) every now and then. */
  #holdBack(ms: number): void {
    const { context } = this.#host;
    const left = ms - (this.#now() - this.#backOffFrom) / context.options.speed;
    if (left > LATENCY.lookAgain) this.#after(LATENCY.lookAgain, () => this.#fire('hold-back'));
    else this.#after(Math.max(0, left), () => this.#fire('back-off-over'));
  }

  #create(): void {
    const found = this.#found;
    if (found === undefined) return;
    const refusal = this.#host.refuse(this.spec, found);
    if (refusal !== undefined) {
      this.#error = refusal;
      this.#fire('config-refused');
      return;
    }
    const now = this.#now();
    this.#history.starts(now, `${this.#host.podTitle} ${this.spec.name}`);
    this.#fire('started');
    this.#run(found, now);
    this.#host.changed();
  }

  #run(found: FoundImage, since: number, known?: { started: boolean; ready: boolean }): void {
    const process = this.#host.run(this.spec, found, since, (code) => this.#exited(code));
    if (!this.isRunning) return;
    this.#process = process;
    this.#healthy = this.#health(process, known);
  }

  #health(process: Process, known: { started: boolean; ready: boolean } | undefined): Health {
    const { context, podIP, event, changed } = this.#host;
    const hooks: HealthHooks = {
      unhealthy: (message) => event(this.spec, { type: 'Warning', reason: 'Unhealthy', message }),
      changed,
      failed: (kind) =>
        this.#kill(
          `Container ${this.spec.name} failed ${kind.toLowerCase()} probe, will be restarted`,
          this.spec.graceMs,
        ),
    };
    return new Health(context, this.spec, process, podIP(), hooks, known);
  }

  #exited(code: number): void {
    this.#healthy?.stop();
    this.#healthy = undefined;
    this.#process = undefined;
    const now = this.#now();
    const lived = this.#history.ends(now, code) / this.#host.context.options.speed;
    this.#crashes = lived >= BACK_OFF_FORGIVEN_MS ? 1 : this.#crashes + 1;
    this.#backOffFrom = now;
    this.#fire('exited');
  }

  /** After an exit: the end, another start at once (the first time), or a back-off. */
  #decide(): void {
    if (!this.#host.restarts(this.spec, this.#history.ended?.code ?? 0)) this.#fire('finished');
    else this.#fire(this.#crashes === 1 ? 'look-again' : 'hold-back');
  }

  #now(): number {
    return this.#host.context.cluster.clock.now();
  }

  #after(ms: number, work: () => void): void {
    this.#clearTimer();
    this.#timer = this.#host.context.later(ms, work);
  }

  #clearTimer(): void {
    this.#timer?.();
    this.#timer = undefined;
  }
}
