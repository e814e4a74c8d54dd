/** `--shard I/N` and `--times FILE`: this machine's part of a plan. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ChapterId } from '../chapter/chapter.ts';
import type { Plan } from '../plan/plan.ts';
import { selectShard, type Shard } from '../plan/shard.ts';
import type { Report } from '../report/report.ts';
import type { CommandInput } from './command.ts';
import { UsageError } from './usage-error.ts';

/** The plan, or the part of it that the options name. Throws UsageError for a part that is empty or cannot be known. */
export function takeShard(plan: Plan, input: CommandInput, cwd: string): Plan {
  const [text, file] = [input.text('shard'), input.text('times')];
  if (text === undefined) {
    if (file === undefined) return plan;
    throw new UsageError('--times is for --shard', 'give --shard I/N as well, or leave --times out');
  }
  const shard = readShard(text);
  const part = selectShard(plan, shard, file === undefined ? new Map() : readTimes(file, cwd));
  if (part.chains.length > 0) return part;
  const { length } = plan.chains;
  const what = length === 1 ? 'one chain of chapters' : `${length} chains of chapters`;
  throw new UsageError(
    `--shard ${text} is empty: there is ${what} to share out`,
    `use at most ${length} shards; mtx-doc plan lists the chains`,
  );
}

function readShard(text: string): Shard {
  const [, index = 0, count = 0] = (/^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []).map(Number);
  if (index > 0 && index <= count) return { index, count };
  throw new UsageError(`--shard is \`${text}\``, 'it is I/N, such as 1/3 for the first of three parts');
}

/** The longest time that each chapter took in a report. */
function readTimes(file: string, cwd: string): ReadonlyMap<ChapterId, number> {
  const times = new Map<ChapterId, number>();
  for (const { id, status, durationMs } of readChapters(file, cwd)) {
    if (status !== 'not-run') times.set(id, Math.max(times.get(id) ?? 0, durationMs));
  }
  return times;
}

function readChapters(file: string, cwd: string): Report['chapters'] {
  try {
    const report = JSON.parse(readFileSync(resolve(cwd, file), 'utf8')) as Report;
    if (Array.isArray(report.chapters)) return report.chapters;
    throw new Error('it has no chapters');
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      `--times ${file} cannot be read: ${cause}`,
      'give the file that mtx-doc run --report wrote',
      { cause: error },
    );
  }
}
