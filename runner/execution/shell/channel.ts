/**
 * How this process speaks with a shell: by two named pipes that the shell opens only between blocks, so that no command
 * can inherit them. This process holds both ends of each: no request is lost and no answer is at its end meanwhile.
 */
import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';

const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;
/** An unfinished line that is longer is noise. */
const longestLine = 4096;

export class Channel {
  readonly #descriptors: readonly number[];
  readonly #requests: number;
  readonly #secrets: string;
  readonly #answers: Socket;
  #rest = '';

  /** The pipes are `path`.requests and `path`.answers, `path`.secrets a file. `take` gets each line of the answers. */
  constructor(path: string, take: (line: string) => void) {
    this.#secrets = `${path}.secrets`;
    const reader = openSync(`${path}.requests`, O_RDONLY | O_NONBLOCK);
    this.#requests = openSync(`${path}.requests`, O_WRONLY | O_NONBLOCK);
    this.#answers = new Socket({
      fd: openSync(`${path}.answers`, O_RDONLY | O_NONBLOCK),
      readable: true,
      writable: false,
    });
    this.#descriptors = [reader, this.#requests, openSync(`${path}.answers`, O_WRONLY | O_NONBLOCK)];
    this.#answers.setEncoding('latin1').on('data', (text: string) => {
      const lines = (this.#rest + text).split('\n');
      this.#rest = (lines.pop() ?? '').slice(-longestLine);
      for (const line of lines) take(line);
    });
  }

  /** Short enough to fit into a pipe that is empty. */
  send(text: string): void {
    writeSync(this.#requests, text);
  }

  /** What the shell has told of its secrets last. */
  readSecrets(): readonly string[] {
    return existsSync(this.#secrets) ? readFileSync(this.#secrets, 'utf8').split('\0') : [];
  }

  close(): void {
    this.#answers.destroy();
    for (const descriptor of this.#descriptors) closeSync(descriptor);
  }
}
