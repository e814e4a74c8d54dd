#!/usr/bin/env node
/**
 * The executable. Plain JavaScript that any Node since 14 can read, because its first duty is to say so when Node is too
 * old; the rest of mtx-doc is loaded after that. Nothing else touches `process`.
 */
import { existsSync, readFileSync } from 'node:fs';
import { isatty } from 'node:tty';

const OLDEST = [22, 22];
const NOT_READY = 3;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Why some output could not be written. */
let lost;

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  // A clone has a Node of its own among its development packages; an installed package has not.
  const cloned = existsSync(new URL('./main.ts', import.meta.url));
  process.stderr.write(
    `mtx-doc needs Node ${OLDEST.join('.')} or later, this is ${process.versions.node} (${process.execPath}): ` +
      `${cloned ? 'run it with `npx mtx-doc`, which brings its own, or ' : ''}install Node 24 from https://nodejs.org\n`,
  );
  process.exitCode = NOT_READY;
} else {
  const { loadEntry } = await import('./load.js');
  const { main } = await loadEntry('main', new URL('./main.ts', import.meta.url));
  const code = await main(process.argv.slice(2), createHost());
  // What was written must be out before the end; a reader that is gone (`| head`) counts as out.
  const end = () => {
    if (lost !== undefined) process.stderr.write(`mtx-doc: its output was lost: ${lost.message}\n`);
    process.stderr.write('', () => process.exit(code === 0 && lost !== undefined ? NOT_READY : code));
  };
  // A stream calls back before it emits its error.
  process.stdout.write('', () => setImmediate(end));
}

function createHost() {
  return {
    env: process.env,
    cwd: process.cwd(),
    stdout: toTextStream(process.stdout),
    stderr: toTextStream(process.stderr),
    version: JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version,
    interactive: isatty(0),
    ask,
    onKey: listenToKeys,
    onInterrupt: listenToSignals,
  };
}

/** Loaded when asked: few commands do. Ctrl-D and Ctrl-C are answers too. */
async function ask(question) {
  const { createInterface } = await import('node:readline');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    terminal.once('close', () => resolve(''));
    terminal.question(question, (answer) => {
      resolve(answer);
      terminal.close();
    });
  });
}

/** A reader that goes away must not end a run before its cleanups; what no disk had room for is told at the end. */
function toTextStream(stream) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') lost = error;
  });
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns || 80;
    },
    write: (text) => void stream.write(text),
  };
}

/** Without echo and without waiting for a line; Ctrl-C still is a signal. */
function listenToKeys(listener) {
  const { stdin } = process;
  const receive = (text) => {
    for (const key of text) {
      if (key === '\u0003') process.kill(process.pid, 'SIGINT');
      else listener(key);
    }
  };
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.setEncoding('utf8').on('data', receive).resume();
  return () => {
    stdin.off('data', receive).pause();
    if (stdin.isTTY) stdin.setRawMode(false);
  };
}

function listenToSignals(listener) {
  for (const signal of SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener);
  };
}
