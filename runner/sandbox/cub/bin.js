#!/usr/bin/env node
// The `cub` on the PATH of a sandbox. It owns what belongs to a process: arguments, streams, exit code.
import { loadEntry } from '../../load.js';

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
