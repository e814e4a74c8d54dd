/** What the answers to `exec`, `attach` and `port-forward` share: types only. */
import type { UpgradeHandler } from '../../http/http.ts';
import type { JsonObject } from '../kube.ts';

/** What an upgrade is answered with. */
export type UpgradeAnswer = Awaited<ReturnType<UpgradeHandler>>;

/** The streams of a command as a client opened them, by WebSocket channels or by SPDY streams. */
export interface CommandStreams {
  /** Standard output; lost where the client did not ask for it. */
  write(text: string): void;
  /** Says how it ended, and ends the connection. */
  end(status: JsonObject): void;
}

/** What happens with a command's streams once they are open. */
export interface Command {
  start(streams: CommandStreams): void;
  /** The client is gone. */
  stop(): void;
}
