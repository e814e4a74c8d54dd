/** Executes a block's commands once and says what came of it, in words that can be shown. */
import { readFileSync } from 'node:fs';
import type { Block, StreamName } from '../chapter/chapter.ts';
import { findBlame, parseFailedCommands, type Blame, type FailedCommand } from './blame.ts';
import { readCapture, type Captured } from './capture.ts';
import type { ChapterContext } from './chain-context.ts';
import type { Cut, Output } from './execution.ts';
import type { ShellAnswer, ShellEnd, ShellRequest } from './shell/shell.ts';
import type { Spooled } from './shell/spool.ts';
import { findSpelledSecrets } from './spelled-secrets.ts';

/** One execution of a block. `status` is that of the failing command, 0 if none failed, absent if nothing ended. */
export interface Attempt {
  readonly end: ShellEnd;
  readonly output: Output;
  readonly status?: number;
  /** Where it failed; absent if it did not, or if nobody knows. */
  readonly blame?: Blame;
  /** Where its output is, for what goes on printing. */
  readonly spooled: Spooled;
  /** Where the shell's notes on it are, without endings. */
  readonly path: string;
}

/** Runs the block's body in the chapter's shell; what it makes a secret is masked from its own output on. */
export async function attemptBlock(
  context: ChapterContext,
  block: Block,
  request: Omit<ShellRequest, 'script'>,
): Promise<Attempt> {
  context.addSecrets(await findSpelledSecrets(block.body, context.planned.chapter.meta.secrets));
  const shell = await context.openShell();
  const answer = await shell.run({ ...request, script: block.body });
  const { end, spooled, path } = answer;
  context.addSecrets(answer.secrets);
  context.sources.set(`${path}.sh`, block);
  return {
    end,
    spooled,
    path,
    output: readOutput(spooled, context.clean),
    ...explain(context, block, answer),
  };
}

function explain(
  { sources }: ChapterContext,
  block: Block,
  { end, path, spooled }: ShellAnswer,
): Pick<Attempt, 'status' | 'blame'> {
  if (end.kind === 'ended') {
    const said = findSaid(spooled);
    return said === undefined ? {} : { blame: findBlame(block, [said], sources) };
  }
  if (end.kind !== 'finished') return {};
  if (end.status === 0 && !end.failed) return { status: 0 };
  const noted = end.failed ? parseFailedCommands(readFileSync(`${path}.failed`, 'utf8')) : [];
  // A failure in a command substitution leaves the block's own status at 0; of a note that could not be written
  // (`ulimit -f 0`) nothing but its empty file is left.
  const status = end.status === 0 ? (noted[0]?.status ?? 1) : end.status;
  return { status, blame: findBlame(block, noted, sources) };
}

/** Where bash itself said that it cannot go on: a syntax error, an unbound variable. */
function findSaid({ stdout, stderr, merged }: Spooled): FailedCommand | undefined {
  const { text } = readCapture(merged ? stdout : stderr, (raw) => raw);
  const [, file, line] = [...text.matchAll(/^(\S+\.sh): line (\d+): /gm)].at(-1) ?? [];
  return file === undefined || line === undefined ? undefined : { status: 1, file, line: Number(line) };
}

/** What a block has printed so far. */
export function readOutput(spooled: Spooled, clean: (text: string) => string): Output {
  const stdout = readCapture(spooled.stdout, clean);
  const stderr = readCapture(spooled.stderr, clean);
  const bytes = stdout.bytes + stderr.bytes;
  const omittedBytes = stdout.omittedBytes + stderr.omittedBytes;
  if (spooled.merged) {
    // What is on stderr all the same went to a descriptor that an earlier block kept (`exec 4>&2`).
    const cut = findCut({ both: { bytes, omittedBytes } });
    const both = { text: stdout.text + stderr.text, ...joinColours(stdout, stderr) };
    return { stdout: '', stderr: '', both: both.text, omittedBytes, ...findColoured({ both }), ...cut };
  }
  const texts = { stdout: stdout.text, stderr: stderr.text };
  return { ...texts, omittedBytes, ...findColoured({ stdout, stderr }), ...findCut({ stdout, stderr }) };
}

function joinColours(first: Captured, last: Captured): Pick<Captured, 'coloured'> {
  if (first.coloured === undefined && last.coloured === undefined) return {};
  return { coloured: (first.coloured ?? first.text) + (last.coloured ?? last.text) };
}

function findColoured(
  streams: Readonly<Partial<Record<StreamName, Pick<Captured, 'coloured'>>>>,
): Pick<Output, 'coloured'> {
  const found = Object.entries(streams).flatMap(([stream, { coloured }]) =>
    coloured === undefined ? [] : [[stream, coloured] as const],
  );
  return found.length === 0 ? {} : { coloured: Object.fromEntries(found) };
}

function findCut(streams: Readonly<Partial<Record<StreamName, Cut>>>): Pick<Output, 'cut'> {
  const cut = Object.entries(streams)
    .filter(([, { omittedBytes }]) => omittedBytes > 0)
    .map(([stream, { bytes, omittedBytes }]) => [stream, { bytes, omittedBytes }] as const);
  return cut.length === 0 ? {} : { cut: Object.fromEntries(cut) };
}
