#!/usr/bin/env node
/**
 * The `cub` on the PATH of a sandbox. It owns what belongs to a process: arguments, streams, exit code. Plain JavaScript
 * that any Node since 14 can read, because under one that is too old it must say so in one line.
 */
const OLDEST = [22, 22];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  process.stderr.write(
    `Failed: cub needs Node ${OLDEST.join('.')} or later, this is ${process.versions.node} (${process.execPath})\n`,
  );
  process.exitCode = 1;
} else {
  // A reader that has seen enough (`cub … | head -1`) ends the original by SIGPIPE; a shell calls that 128 + 13.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit(141);
    });
  }
  const { loadEntry } = await import('../../load.js');
  const { runCub } = await loadEntry('cub', new URL('./main.ts', import.meta.url));
  process.exitCode = await runCub({
    words: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    stdin: process.stdin,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
  });
}
