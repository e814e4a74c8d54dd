/** What a container's status tells: its state now, how it ended before, how often it was started. */
import { derivedDigest } from '../../catalogue/find-image.ts';
import type { JsonObject } from '../../kube.ts';
import { integer, record, text } from '../fields.ts';
import { parseStamp } from '../times.ts';
import type { ContainerView, Ending } from './pod-status.ts';

export class ContainerHistory {
  #waiting: ContainerView['waiting'];
  #since: number | undefined;
  #ended: Ending | undefined;
  #previous: Ending | undefined;
  #containerID = '';
  #starts = 0;

  constructor(firstReason: string) {
    this.#waiting = { reason: firstReason };
  }

  get hasStarted(): boolean {
    return this.#starts > 0;
  }

  get ended(): Ending | undefined {
    return this.#ended;
  }

  view(): Pick<
    ContainerView,
    'waiting' | 'runningSince' | 'ended' | 'previous' | 'restarts' | 'containerID'
  > {
    return {
      waiting: this.#waiting,
      runningSince: this.#since,
      ended: this.#ended,
      previous: this.#previous,
      restarts: Math.max(0, this.#starts - 1),
      containerID: this.#containerID,
    };
  }

  waits(reason: string, message: string): void {
    this.#waiting = { reason, message };
    this.#retire();
  }

  /** `title` tells the container from all others. */
  starts(now: number, title: string): void {
    this.#starts += 1;
    this.#containerID = `containerd://${derivedDigest(`${title} ${this.#starts}`)}`;
    this.#since = now;
    this.#waiting = undefined;
    this.#retire();
  }

  /** Returns how many milliseconds of the clock it ran. */
  ends(now: number, code: number): number {
    const startedAt = this.#since ?? now;
    this.#ended = { code, startedAt, finishedAt: now, containerID: this.#containerID };
    this.#since = undefined;
    return now - startedAt;
  }

  /** Takes over a status that was kept; returns since when it has been running, if it was. */
  resumes(status: JsonObject): number | undefined {
    const since = parseStamp(record(record(status['state'])['running'])['startedAt']);
    if (since === 0) return undefined;
    this.#starts = integer(status['restartCount'], 0) + 1;
    this.#containerID = text(status['containerID']) ?? '';
    this.#since = since;
    this.#waiting = undefined;
    return since;
  }

  #retire(): void {
    this.#previous = this.#ended ?? this.#previous;
    this.#ended = undefined;
  }
}
