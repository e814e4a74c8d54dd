/** Container logs: the running (or last) container's lines, those of the one before, and who follows them. */
import type { LogLine } from '../../kube.ts';

interface Follower {
  readonly line: (line: LogLine) => void;
  readonly ended: () => void;
}

interface Log {
  current: LogLine[] | undefined;
  previous: LogLine[] | undefined;
  running: boolean;
  readonly followers: Set<Follower>;
}

/** The logs of one node. */
export class Logs {
  readonly #logs = new Map<string, Log>();

  /** A container starts: its log begins, the one before is kept as the previous. */
  begin(key: string): void {
    const log = this.#log(key);
    log.previous = log.current;
    log.current = [];
    log.running = true;
  }

  add(key: string, line: LogLine): void {
    const log = this.#log(key);
    log.current?.push(line);
    for (const follower of log.followers) follower.line(line);
  }

  end(key: string): void {
    const log = this.#log(key);
    log.running = false;
    const followers = [...log.followers];
    log.followers.clear();
    for (const follower of followers) follower.ended();
  }

  read(key: string, previous: boolean): readonly LogLine[] | undefined {
    const log = this.#logs.get(key);
    return previous ? log?.previous : log?.current;
  }

  follow(key: string, follower: Follower): () => void {
    const log = this.#logs.get(key);
    if (log?.running !== true) {
      follower.ended();
      return () => undefined;
    }
    log.followers.add(follower);
    return () => void log.followers.delete(follower);
  }

  /** The pod is gone. */
  forget(key: string): void {
    if (this.#logs.get(key)?.running === true) this.end(key);
    this.#logs.delete(key);
  }

  #log(key: string): Log {
    const known = this.#logs.get(key);
    if (known !== undefined) return known;
    const made: Log = { current: undefined, previous: undefined, running: false, followers: new Set() };
    this.#logs.set(key, made);
    return made;
  }
}
