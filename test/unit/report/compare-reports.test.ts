/** What changed between two runs: each kind of change is found, and nothing that differs from run to run by itself. */
import { describe, expect, it } from 'vitest';
import type { BlockResult, ExecutionEvent } from '../../../runner/execution/execution.ts';
import { compareReports } from '../../../runner/report/compare-reports.ts';
import { renderComparison, renderComparisonJson } from '../../../runner/report/render-comparison.ts';
import { plain } from '../../../runner/report/style.ts';
import { summarise } from '../../../runner/report/summarise.ts';
import { contextOf, failedExit, resultOf, runOf } from '../../support/report.ts';

const options = {
  factor: 1.5,
  thresholdMs: 1_000,
  isSame: (a: string, b: string) => a.replace(/\d+s/, '') === b.replace(/\d+s/, ''),
};

function compare(before: readonly BlockResult[], after: readonly BlockResult[], end?: ExecutionEvent) {
  const events = runOf('a.md', ...after);
  const [old, fresh] = [runOf('a.md', ...before), end === undefined ? events : [...events.slice(0, -2), end]];
  return compareReports(summarise(old, contextOf('a.md')), summarise(fresh, contextOf('a.md')), options);
}

const printed = (text: string) => ({ output: { stdout: text, stderr: '', omittedBytes: 0 } });
const fixed = { ...failedExit, status: 'passed', exit: 0 } as const;
const { failure: _failure, ...passing } = fixed;

describe('compareReports', () => {
  it('finds nothing between equal runs', () => {
    const comparison = compare([resultOf('x', 1)], [resultOf('x', 9, { durationMs: 500 })]);
    expect(Object.values(comparison).flat()).toEqual([]);
    expect(renderComparison(comparison, plain)).toBe(
      '0 new failures, 0 fixed, 0 slower, 0 changed outputs, 0 added, 0 removed\n',
    );
  });

  it('tells new failures from old ones, and what is fixed, new, gone and not run', () => {
    const skipped = resultOf('s', 5, { status: 'skipped', reason: 'needs rbac' });
    const comparison = compare(
      [resultOf('x', 1), failedExit, resultOf('gone', 3), resultOf('s', 4)],
      [{ ...failedExit, block: resultOf('x', 1).block }, passing, resultOf('new', 3), skipped],
    );
    expect(renderComparison(comparison, plain).split('\n')).toEqual([
      'FAIL    a.md:60 #x: exit status 3, not 0: cub unit apply demo',
      'fixed   a.md:60 #apply',
      'not run a.md:5 #s: needs rbac',
      'added   a.md:3 #new',
      'removed a.md:3 #gone',
      '',
      '1 new failure, 1 fixed, 1 not run any more, 0 slower, 0 changed outputs, 1 added, 1 removed',
      '',
    ]);
    expect(compare([failedExit], [failedExit]).newFailures).toEqual([]);
    expect(compare([resultOf('x', 1)], [resultOf('x', 1), failedExit]).newFailures).toHaveLength(1);
  });

  it.each([
    [1_000, 2_500, 1],
    [1_000, 1_900, 0],
    [10_000, 12_000, 0],
    [0, 1_200, 1],
  ])('%i ms, then %i ms: %i slower', (before, after, count) => {
    const took = (durationMs: number) => [resultOf('x', 1, { durationMs })];
    expect(compare(took(before), took(after)).slower).toHaveLength(count);
  });

  it('shows changed lines of an output, not what differs by itself', () => {
    const before = [resultOf('x', 1, printed('a 5s\nb\nc\n'))];
    expect(compare(before, [resultOf('x', 1, printed('a 7s\nb\nc\n'))]).changedOutputs).toEqual([]);
    const comparison = compare(before, [resultOf('x', 1, printed('a 7s\nB\nc\n'))]);
    expect(renderComparison(comparison, plain)).toContain(
      'output  a.md:1 #x\n   1  1   a 7s\n   2    - b\n      2 + B\n   3  3   c\n',
    );
    expect(JSON.parse(renderComparisonJson(comparison))).toEqual(comparison);
  });

  it('counts new leaks and a run that was cut short', () => {
    const end = { kind: 'chain-finished', chain: 'a.md', leaks: ['process 7: sleep'] } as const;
    expect(compare([resultOf('x', 1)], [resultOf('x', 1)], end).newTroubles).toEqual([
      'a.md left behind: process 7: sleep',
      'the later run did not come to its end',
    ]);
  });
});
