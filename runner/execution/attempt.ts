/** Executes a block's commands once and says what came of it, in words that can be shown. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Block } from '../chapter/chapter.ts';
import { findBlame, parseFailedCommands, type Blame, type FailedCommand } from './blame.ts';
import { readCapture } from './capture.ts';
import type { ChapterContext } from './chain-context.ts';
import type { Output } from './execution.ts';
import type { ShellEnd, ShellRequest } from './shell/shell.ts';

/** One execution of a block. `status` is that of the failing command, 0 if none failed, absent if nothing ended. */
export interface Attempt {
  readonly end: ShellEnd;
  readonly output: Output;
  readonly status?: number;
  /** Where it failed; absent if it did not, or if nobody knows. */
  readonly blame?: Blame;
  /** Its files' path, without their endings. */
  readonly path: string;
}

type Request = Pick<ShellRequest, 'mode' | 'timeoutMs' | 'signal'>;

/** Runs the block's body in the chapter's shell. */
export async function attemptBlock(
  context: ChapterContext,
  block: Block,
  request: Request,
): Promise<Attempt> {
  const shell = await context.openShell();
  const file = context.nextFile();
  const path = join(context.folders.blocks, file);
  context.sources.set(`${path}.sh`, block);
  const end = await shell.run({ ...request, file, script: block.body });
  const output = readOutput(path, request.mode, context.clean);
  return { end, output, path, ...explain(context, block, end, path) };
}

/** Drops what is left of an attempt that is not the last; its script may hold functions that later blocks call. */
export function dropOutput({ path }: Attempt): void {
  for (const ending of ['stdout', 'stderr', 'failed']) rmSync(`${path}.${ending}`, { force: true });
}

function explain(
  context: ChapterContext,
  block: Block,
  end: ShellEnd,
  path: string,
): Pick<Attempt, 'status' | 'blame'> {
  if (end.kind !== 'finished' && end.kind !== 'ended') return {};
  const noted = parseFailedCommands(readText(`${path}.failed`));
  if (end.kind === 'ended') {
    const said = readSaid(path);
    return said === undefined ? {} : { blame: findBlame(block, [said], context.sources) };
  }
  // A failure in a command substitution leaves the block's own status at 0.
  const status = end.status === 0 ? (noted[0]?.status ?? 0) : end.status;
  if (status === 0) return { status };
  return { status, blame: findBlame(block, noted, context.sources) };
}

/** Where bash itself said that it cannot go on: a syntax error, an unbound variable. */
function readSaid(path: string): FailedCommand | undefined {
  const { text } = readCapture(`${path}.stderr`, (raw) => raw);
  const [, file, line] = [...text.matchAll(/^(\S+\.sh): line (\d+): /gm)].at(-1) ?? [];
  return file === undefined || line === undefined ? undefined : { status: 1, file, line: Number(line) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** What a block has printed so far. */
export function readOutput(
  path: string,
  mode: ShellRequest['mode'],
  clean: (text: string) => string,
): Output {
  const stdout = readCapture(`${path}.stdout`, clean);
  if (mode === 'merged') {
    return { stdout: '', stderr: '', both: stdout.text, omittedBytes: stdout.omittedBytes };
  }
  const stderr = readCapture(`${path}.stderr`, clean);
  return {
    stdout: stdout.text,
    stderr: stderr.text,
    both: stdout.text + stderr.text,
    omittedBytes: stdout.omittedBytes + stderr.omittedBytes,
  };
}
