/** Decides whether an attempt gave what the page says: exit status and every expectation. */
import type { Capability, ExpectBlock } from '../chapter/chapter.ts';
import { describeLack } from '../text/describe-lack.ts';
import type { Captures } from '../expectation/expectation.ts';
import type { Attempt } from './attempt.ts';
import type { ExpectationResult, Failure, SkippedExpectation } from './execution.ts';
import { matchOutput } from './match-output.ts';

/** `failure` is absent if all held; only then are `captures` more than those given. */
export interface Judgement {
  readonly expectations: readonly ExpectationResult[];
  readonly captures: Captures;
  readonly failure?: Failure;
}

export interface Selection {
  readonly expected: readonly ExpectBlock[];
  readonly skipped: readonly SkippedExpectation[];
}

/** Parts a run's expectations into those that this world can meet and the others. */
export function selectExpectations(
  expectations: readonly ExpectBlock[],
  capabilities: ReadonlySet<Capability>,
): Selection {
  const expected: ExpectBlock[] = [];
  const skipped: SkippedExpectation[] = [];
  for (const block of expectations) {
    if (block.only === undefined || capabilities.has(block.only)) expected.push(block);
    else {
      const reason = describeLack(block.only);
      skipped.push({ block: block.id, line: block.span.start.line, reason });
    }
  }
  return { expected, skipped };
}

/** What of an attempt is judged; it need not have happened: `mtx-doc mutate` makes them up. */
export type Judged = Pick<Attempt, 'output' | 'status' | 'blame'>;

/** Compares one finished attempt with `expected`. Without expectations it must exit 0. */
export function judgeAttempt(
  attempt: Judged,
  line: number,
  expected: readonly ExpectBlock[],
  captures: Captures,
): Judgement {
  const known = { ...attempt, status: attempt.status ?? 0 };
  const wrongExit = (expected.length === 0 ? [0] : expected.map(({ exit }) => exit)).find(
    (exit) => exit !== known.status,
  );
  let bound = captures;
  const expectations = expected.map((expectation): ExpectationResult => {
    const verdict = matchOutput(attempt.output, expectation.stream, expectation.expectation, bound);
    if (verdict.kind === 'held') bound = verdict.captures;
    return {
      block: expectation.id,
      line: expectation.span.start.line,
      stream: expectation.stream,
      verdict,
    };
  });
  const failure =
    wrongExit === undefined ? describeDifference(expectations) : describeExit(known, line, wrongExit);
  return failure === undefined ? { expectations, captures: bound } : { expectations, captures, failure };
}

function describeExit(attempt: Judged & { status: number }, line: number, expected: number): Failure {
  const { status, blame } = attempt;
  return { kind: 'exit', line: blame?.line ?? line, command: blame?.command ?? '', status, expected };
}

function describeDifference(results: readonly ExpectationResult[]): Failure | undefined {
  for (const { line, verdict } of results) {
    if (verdict.kind === 'differs') return { kind: 'differs', line, reason: verdict.reason };
  }
  return undefined;
}
