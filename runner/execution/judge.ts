/** Decides whether an attempt gave what the page says: exit status and every expectation. */
import type { Capability, ExpectBlock, RunBlock, StreamName } from '../chapter/chapter.ts';
import type { Captures } from '../expectation/expectation.ts';
import { matchExpectation } from '../expectation/match.ts';
import type { Attempt } from './attempt.ts';
import type { ExpectationResult, Failure, Output } from './execution.ts';

/** `failure` is absent if all held; only then are `captures` more than those given. */
export interface Judgement {
  readonly expectations: readonly ExpectationResult[];
  readonly captures: Captures;
  readonly failure?: Failure;
}

/** The expectations of a run that this world can meet. */
export function selectExpectations(
  block: RunBlock,
  capabilities: ReadonlySet<Capability>,
): readonly ExpectBlock[] {
  return block.expectations.filter(({ only }) => only === undefined || capabilities.has(only));
}

/** Compares one finished attempt with `expected`. Without expectations it must exit 0. */
export function judgeAttempt(
  attempt: Attempt,
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
    const verdict = matchExpectation(
      expectation.expectation,
      pick(attempt.output, expectation.stream),
      bound,
    );
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

function pick(output: Output, stream: StreamName): string {
  return output[stream];
}

function describeExit(attempt: Attempt & { status: number }, line: number, expected: number): Failure {
  const { status, blame } = attempt;
  return { kind: 'exit', line: blame?.line ?? line, command: blame?.command ?? '', status, expected };
}

function describeDifference(results: readonly ExpectationResult[]): Failure | undefined {
  for (const { line, verdict } of results) {
    if (verdict.kind === 'differs') return { kind: 'differs', line, reason: verdict.reason };
  }
  return undefined;
}
