/** A small but complete run as events: what the report's tests summarise and render. */
import type { BlockId, Chapter, ChapterId } from '../../runner/chapter/chapter.ts';
import type { BlockResult, ExecutionEvent, Leftover } from '../../runner/execution/execution.ts';
import type { Plan } from '../../runner/plan/plan.ts';
import type { ReportContext } from '../../runner/report/report.ts';
import type { WorldInfo } from '../../runner/world/world.ts';

export const world: WorldInfo = {
  hub: 'embedded',
  cluster: 'emulator',
  versions: { cub: '0.1.0', kubectl: '1.34.4', server: '1.34' },
  simulated: true,
};

/** A chapter without blocks: reports take blocks from events. */
export function chapterOf(file: string, title: string): Chapter {
  return {
    id: file as ChapterId,
    file,
    title,
    summary: '',
    meta: {
      needs: [],
      needSpans: [],
      timeoutMs: 60_000,
      requires: [],
      env: {},
      secrets: [],
      world: 'any',
      collect: [],
      allow: [],
      allowSpans: [],
    },
    blocks: [],
  };
}

/** A plan with one chain per file. */
export function planOf(...files: readonly string[]): Plan {
  return {
    chains: files.map((file) => ({
      id: file,
      chapters: [{ chapter: chapterOf(file, `Title of ${file}`), requested: true, steps: [] }],
      needsWorld: false,
    })),
  };
}

export function contextOf(...files: readonly string[]): ReportContext {
  return { tool: '0.1.0', commit: '0123456789abcdef0123456789abcdef01234567', plan: planOf(...files) };
}

/** A block that passed, with the given differences. */
export function resultOf(id: string, line: number, changes: Partial<BlockResult> = {}): BlockResult {
  return {
    block: id as BlockId,
    kind: 'run',
    line,
    headings: ['Hello', 'Pods'],
    command: `echo ${id}\n`,
    status: 'passed',
    exit: 0,
    startedAt: '2026-01-02T03:04:05.000Z',
    durationMs: 12,
    tries: 1,
    waitedMs: 0,
    output: { stdout: `${id}\n`, stderr: '', omittedBytes: 0 },
    expectations: [],
    ...changes,
  };
}

/** A failed polling block: one token differs for good, one may. */
export const differing: BlockResult = resultOf('pods', 40, {
  command: 'kubectl get pods \\\n  -n demo\n',
  status: 'failed',
  failure: { kind: 'differs', line: 46, reason: 'STATUS `CrashLoopBackOff` is not `Running`' },
  durationMs: 90_400,
  tries: 21,
  waitedMs: 88_000,
  output: {
    stdout: 'NAME   STATUS   AGE\n',
    stderr: 'Warning: old\n',
    omittedBytes: 0,
  },
  expectations: [
    {
      block: 'pods-1' as BlockId,
      line: 46,
      stream: 'stdout',
      verdict: {
        kind: 'differs',
        reason: 'STATUS `CrashLoopBackOff` is not `Running`',
        diff: [
          { kind: 'same', text: 'NAME   STATUS   AGE', expectedLine: 1, actualLine: 1 },
          {
            kind: 'allowed',
            text: 'a-x1   Running   9s',
            expectedLine: 2,
            actualLine: 2,
            marks: [{ start: 17, end: 19, reason: 'AGE differs: allowed' }],
          },
          {
            kind: 'expected',
            text: 'b-x1   Running   12s',
            expectedLine: 3,
            marks: [{ start: 7, end: 14, reason: '≠ Running' }],
          },
          {
            kind: 'actual',
            text: 'b-x1   CrashLoopBackOff   12s',
            actualLine: 3,
            marks: [{ start: 7, end: 23, reason: '≠ Running' }],
          },
        ],
      },
    },
  ],
});

export const failedExit: BlockResult = resultOf('apply', 60, {
  status: 'failed',
  failure: { kind: 'exit', line: 61, command: 'cub unit apply demo', status: 3, expected: 0 },
  exit: 3,
  output: { stdout: '', stderr: 'Error: no such unit\n', omittedBytes: 0 },
});

export const skipped: BlockResult = resultOf('later', 70, {
  kind: 'skip',
  status: 'skipped',
  reason: 'needs a browser',
  tries: 0,
});

const chain = { chain: 'a.md', chapter: 'a.md' as ChapterId };

/** a.md fails (one pass, two failures, one skip, collected output), b.md passes. */
export const failedRun: readonly ExecutionEvent[] = [
  { kind: 'run-started', at: '2026-01-02T03:04:05.000Z', chapters: 2, blocks: 5 },
  { kind: 'chain-started', chain: 'a.md', world },
  { kind: 'chapter-started', ...chain, at: '2026-01-02T03:04:05.100Z' },
  { kind: 'block-started', ...chain, block: 'first' as BlockId, at: '2026-01-02T03:04:05.100Z' },
  { kind: 'block-finished', ...chain, result: resultOf('first', 12) },
  { kind: 'block-retried', ...chain, block: 'pods' as BlockId, tries: 2 },
  { kind: 'block-finished', ...chain, result: differing },
  { kind: 'block-finished', ...chain, result: failedExit },
  { kind: 'block-finished', ...chain, result: skipped },
  { kind: 'collected', ...chain, command: 'kubectl get events', output: 'BackOff  pod/b-x1\n' },
  { kind: 'chapter-finished', ...chain, status: 'failed', durationMs: 91_000 },
  { kind: 'chain-finished', chain: 'a.md', leaks: [] },
  ...passedChapter('b.md'),
  { kind: 'run-finished', at: '2026-01-02T03:05:37.000Z', interrupted: false },
];

/** The events of a chapter of one block that passes. */
export function passedChapter(file: string): readonly ExecutionEvent[] {
  const ids = { chain: file, chapter: file as ChapterId };
  return [
    { kind: 'chain-started', chain: file, world },
    { kind: 'chapter-started', ...ids, at: '2026-01-02T03:04:05.100Z' },
    { kind: 'block-finished', ...ids, result: resultOf('only', 9) },
    { kind: 'chapter-finished', ...ids, status: 'passed', durationMs: 20 },
    { kind: 'chain-finished', chain: file, leaks: [] },
  ];
}

/** A whole run of one chapter with these blocks. */
export function runOf(file: string, ...results: readonly BlockResult[]): readonly ExecutionEvent[] {
  const ids = { chain: file, chapter: file as ChapterId };
  const failed = results.some((result) => result.status === 'failed');
  return [
    { kind: 'run-started', at: '2026-01-02T03:04:05.000Z', chapters: 1, blocks: results.length },
    { kind: 'chain-started', chain: file, world },
    { kind: 'chapter-started', ...ids, at: '2026-01-02T03:04:05.000Z' },
    ...results.map((result): ExecutionEvent => ({ kind: 'block-finished', ...ids, result })),
    { kind: 'chapter-finished', ...ids, status: failed ? 'failed' : 'passed', durationMs: 20 },
    { kind: 'chain-finished', chain: file, leaks: [] },
    { kind: 'run-finished', at: '2026-01-02T03:04:06.000Z', interrupted: false },
  ];
}

/** A chapter whose blocks all passed and after which the world was not as before. */
export function leftBehind(file: string, ...leftovers: readonly Leftover[]): readonly ExecutionEvent[] {
  return passedChapter(file).map((event) =>
    event.kind === 'chapter-finished' ? { ...event, status: 'failed', leftovers } : event,
  );
}
