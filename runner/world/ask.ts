/** Asks a world the way its reader does: through `cub` and `kubectl`, with the world's own environment. */
import { execa } from 'execa';

/** A world's clients as they are called in it. */
export interface Clients {
  /** PATH and what the clients read: HOME, KUBECONFIG, CONFIGHUB_URL. Nothing else is passed on. */
  readonly env: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly ok: boolean;
  readonly out: string;
  /** The last line that the client wrote about its failure; '' where there is none. */
  readonly complaint: string;
}

const PATIENCE_MS = 30_000;
const MOST_BYTES = 512 * 1024 * 1024;

/** Calls a client and waits. Never rejects: a client that is missing or hangs is an answer too. */
export async function ask(
  clients: Clients,
  program: 'cub' | 'kubectl',
  words: readonly string[],
  patienceMs: number = PATIENCE_MS,
): Promise<Answer> {
  const result = await execa(program, words, {
    env: clients.env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: patienceMs,
    maxBuffer: MOST_BYTES,
  });
  const out = result.stdout;
  if (!result.failed) return { ok: true, out, complaint: '' };
  const said = `${out}\n${result.stderr}`.trim().split('\n').at(-1) ?? '';
  const own = result.timedOut ? `no answer within ${patienceMs / 1000} s` : said;
  return { ok: false, out, complaint: own === '' ? (result.shortMessage ?? '') : own };
}
