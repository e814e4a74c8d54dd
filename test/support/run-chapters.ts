/** Schedules and executes chapters as the command line does, and sorts the events so that a test can ask for them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Chapter } from '../../runner/chapter/chapter.ts';
import type { ExecutionOptions } from '../../runner/execution/execution-options.ts';
import type { BlockResult, ExecutionEvent } from '../../runner/execution/execution.ts';
import { execute } from '../../runner/execution/execute.ts';
import { systemClock } from '../../runner/execution/system-clock.ts';
import { schedule } from '../../runner/plan/schedule.ts';

export interface Outcome {
  readonly events: readonly ExecutionEvent[];
  /** In the order in which the blocks finished. */
  readonly results: readonly BlockResult[];
  /** How each chapter ended: `passed`, `failed`, `not-run`. */
  readonly chapters: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, string | undefined>>;
  readonly leaks: readonly string[];
  readonly broken: readonly string[];
}

export async function runChapters(
  chapters: readonly Chapter[],
  options: Partial<ExecutionOptions> = {},
  requested: readonly Chapter[] = chapters,
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'mtx-test-'));
  const events: ExecutionEvent[] = [];
  try {
    const { plan, problems } = schedule(chapters, { requested: requested.map(({ id }) => id) });
    if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
    await execute(plan, {
      clock: systemClock,
      repository: folder,
      tempRoot: folder,
      environment: process.env,
      jobs: 1,
      ...options,
      emit(event) {
        events.push(event);
        options.emit?.(event);
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return sortEvents(events);
}

function sortEvents(events: readonly ExecutionEvent[]): Outcome {
  const finished = events.filter((event) => event.kind === 'chapter-finished');
  const ends = events.filter((event) => event.kind === 'chain-finished');
  return {
    events,
    results: events.flatMap((event) => (event.kind === 'block-finished' ? [event.result] : [])),
    chapters: Object.fromEntries(finished.map(({ chapter, status }) => [chapter, status])),
    reasons: Object.fromEntries(finished.map(({ chapter, reason }) => [chapter, reason])),
    leaks: ends.flatMap(({ leaks }) => leaks),
    broken: ends.flatMap(({ broken }) => broken ?? []),
  };
}
