/**
 * A named pipe that commands print to and this process reads. Unlike a regular file it can be opened once more by name
 * (`> /dev/stderr`) and nothing is emptied, as on a terminal. As the reader is no process of its own, a block has none
 * to `wait` for; and a job that goes on printing neither hangs nor dies of SIGPIPE.
 */
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';

const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;
/** What a pipe can hold at most: after so many bytes, all that was there at first has been read. */
const capacityBytes = 1024 * 1024;
/** What is kept of one pipe: a command that never stops printing must not fill the disk. */
const limitBytes = 2 * 1024 ** 3;
/** Every pipe reads into this one, and what was read is written on at once. */
const buffer = Buffer.allocUnsafeSlow(64 * 1024);

export class NamedPipe {
  /** Where all that is printed is kept. It does not exist before the first byte. */
  readonly file: string;
  readonly #path: string;
  readonly #lose: (reason: string) => void;
  readonly #reader: number;
  readonly #socket: Socket;
  /** Open except while it is asked who else writes: without any writer a pipe is at its end. */
  #writer: number | undefined;
  #file: number | undefined;
  #size = 0;
  #keeps = true;

  /** `path` is a named pipe. `lose` is called once if something cannot be kept. */
  constructor(path: string, lose: (reason: string) => void) {
    this.#path = path;
    this.file = `${path}.txt`;
    this.#lose = lose;
    this.#reader = openSync(path, O_RDONLY | O_NONBLOCK);
    this.#writer = openSync(path, O_WRONLY | O_NONBLOCK);
    this.#socket = new Socket({
      fd: this.#reader,
      readable: true,
      writable: false,
      onread: {
        buffer,
        callback: (length) => {
          this.#keep(length);
          return true;
        },
      },
    });
    this.#socket.unref();
  }

  /** How many bytes are kept. */
  get size(): number {
    return this.#size;
  }

  /** Takes what has been printed so far. True if nobody is left who could print more. */
  drain(): boolean {
    this.#closeWriter();
    const isFree = this.#readAll();
    this.#writer = openSync(this.#path, O_WRONLY | O_NONBLOCK);
    return isFree;
  }

  /** From now on what is printed is read and thrown away, until the last who holds the pipe has closed it. */
  retire(): void {
    this.#keeps = false;
    this.#closeWriter();
    this.#closeFile();
  }

  close(): void {
    this.retire();
    this.#socket.destroy();
  }

  #readAll(): boolean {
    try {
      for (let read = 0; read < capacityBytes;) {
        const length = readSync(this.#reader, buffer);
        if (length === 0) return true;
        this.#keep(length);
        read += length;
      }
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
    return false;
  }

  #keep(length: number): void {
    if (!this.#keeps) return;
    try {
      if (this.#size + length > limitBytes) throw new Error('more than 2 GiB of output');
      this.#file ??= openSync(this.file, 'a', 0o600);
      writeSync(this.#file, buffer, 0, length);
      this.#size += length;
    } catch (error) {
      this.#keeps = false;
      this.#lose(error instanceof Error ? error.message : String(error));
    }
  }

  #closeWriter(): void {
    if (this.#writer !== undefined) closeSync(this.#writer);
    this.#writer = undefined;
  }

  #closeFile(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}
