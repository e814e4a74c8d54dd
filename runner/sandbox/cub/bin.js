#!/usr/bin/env node
// The `cub` on the PATH of a sandbox. It owns what belongs to a process (arguments, streams, exit code) and turns the
// compile cache on before the first TypeScript module is loaded: most of a short command's time is start-up.
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { runCub } = await import('./main.ts');

process.exitCode = await runCub({
  words: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
});
