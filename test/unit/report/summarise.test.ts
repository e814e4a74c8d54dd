/** The reducer: whole runs, runs cut short, totals, and how a run is judged. */
import { describe, expect, it } from 'vitest';
import type { ChapterId } from '../../../runner/chapter/chapter.ts';
import type { ExecutionEvent } from '../../../runner/execution/execution.ts';
import type { Outcome } from '../../../runner/report/report.ts';
import { summarise } from '../../../runner/report/summarise.ts';
import {
  contextOf,
  failedRun,
  leftBehind,
  passedChapter,
  resultOf,
  runOf,
  skipped,
} from '../../support/report.ts';

const started: ExecutionEvent = {
  kind: 'run-started',
  at: '2026-01-02T03:04:05.000Z',
  chapters: 1,
  blocks: 1,
};
const finish = (interrupted = false): ExecutionEvent => ({
  kind: 'run-finished',
  at: '2026-01-02T03:04:06.500Z',
  interrupted,
});

describe('summarise', () => {
  it('counts chapters, blocks, expectations and skips', () => {
    expect(summarise(failedRun, contextOf('a.md', 'b.md')).totals).toEqual({
      chapters: 2,
      chaptersFailed: 1,
      chaptersNotRun: 0,
      blocks: 5,
      expectations: 1,
      passed: 2,
      failed: 2,
      skipped: 1,
      skips: [{ reason: 'needs a browser', blocks: 1 }],
    });
  });

  it('takes the later of two results of a block', () => {
    const at = { kind: 'block-finished', chain: 'a.md', chapter: 'a.md' as ChapterId } as const;
    const failure = { kind: 'job-ended', line: 3, status: 7 } as const;
    const events: readonly ExecutionEvent[] = [
      started,
      { ...at, result: resultOf('server', 3, { kind: 'background' }) },
      { ...at, result: resultOf('on', 9) },
      { ...at, result: resultOf('server', 3, { kind: 'background', status: 'failed', failure }) },
      finish(),
    ];
    const report = summarise(events, contextOf('a.md'));
    expect(report.chapters[0]?.blocks.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'on passed',
      'server failed',
    ]);
    expect(report.totals).toMatchObject({ blocks: 2, passed: 1, failed: 1 });
  });

  it('counts an expectation that a block left out as skipped, beside the blocks of the same reason', () => {
    const reason = 'needs a world with containers';
    const left = (line: number, why: string) => ({ block: resultOf('y', 2).block, line, reason: why });
    const events = runOf(
      'a.md',
      resultOf('x', 1, { skippedExpectations: [left(3, reason), left(5, 'needs a world with rbac')] }),
      resultOf('z', 8, { status: 'skipped', reason }),
    );
    expect(summarise(events, contextOf('a.md')).totals).toMatchObject({
      blocks: 2,
      passed: 1,
      failed: 0,
      skipped: 3,
      skips: [
        { reason, blocks: 1, expectations: 1 },
        { reason: 'needs a world with rbac', blocks: 0, expectations: 1 },
      ],
    });
  });

  it('keeps every planned chapter of a run that was cut short', () => {
    const events = [started, ...passedChapter('a.md'), finish(true)];
    const report = summarise(events, contextOf('a.md', 'b.md'));
    expect(report.chapters.map(({ file, status }) => `${file} ${status}`)).toEqual([
      'a.md passed',
      'b.md not-run',
    ]);
    expect(report.chapters[1]?.reason).toBe('the run ended before it');
    expect([report.outcome, report.durationMs, report.finished]).toEqual(['interrupted', 1500, true]);
  });

  it('keeps apart the two executions of a chapter that two chains need', () => {
    const base = 'a.md' as ChapterId;
    const context = contextOf('a.md', 'b.md');
    const [first, second] = context.plan.chains;
    const needed = first === undefined || second === undefined ? [] : [...first.chapters, ...second.chapters];
    const chains = [
      ...(first === undefined ? [] : [first]),
      { id: 'b.md', chapters: needed, needsWorld: false },
    ];
    const event = { kind: 'block-finished', chain: 'b.md', chapter: base, result: resultOf('x', 1) } as const;
    const report = summarise([event], { ...context, plan: { chains } });
    expect(report.chapters.map(({ chain, id, blocks }) => [chain, id, blocks.length])).toEqual([
      ['a.md', 'a.md', 0],
      ['b.md', 'a.md', 1],
      ['b.md', 'b.md', 0],
    ]);
  });
});

const ended = (changes: { leaks?: readonly string[]; broken?: string }): ExecutionEvent => ({
  kind: 'chain-finished',
  chain: 'a.md',
  leaks: [],
  ...changes,
});

const outcomes: readonly [string, Outcome, number, readonly ExecutionEvent[]][] = [
  ['a run that held', 'passed', 0, [started, ...passedChapter('a.md'), finish()]],
  ['a run with a failed block', 'failed', 2, failedRun],
  ['a leak', 'failed', 1, [started, ...passedChapter('a.md'), ended({ leaks: ['process 7'] }), finish()]],
  ['a leftover', 'failed', 1, [started, ...leftBehind('a.md', { what: 'left behind: x' }), finish()]],
  ['a broken world', 'broken', 1, [started, ended({ broken: 'no port' }), finish()]],
  ['a broken world with a leak', 'broken', 1, [started, ended({ broken: 'x', leaks: ['y'] }), finish()]],
  ['an interrupted run', 'interrupted', 0, [started, ...passedChapter('a.md'), finish(true)]],
  ['a run of nothing', 'empty', 0, [started, finish()]],
  ['a run of skips', 'empty', 0, runOf('a.md', skipped)],
];

describe('outcome', () => {
  it.each(outcomes)('of %s is %s with %i failed', (_name, outcome, failed, events) => {
    const report = summarise(events, contextOf('a.md'));
    expect([report.outcome, report.totals.failed]).toEqual([outcome, failed]);
  });
});
