/**
 * Compares one stream of an attempt with an expectation. Of long output only head and tail are known: what they show still
 * decides that a line occurs, but nothing may hold that the missing middle could refute.
 */
import type { StreamName } from '../chapter/chapter.ts';
import type { Captures, Expectation, Verdict } from '../expectation/expectation.ts';
import { matchExpectation } from '../expectation/match.ts';
import { dropCut } from './capture.ts';
import type { Cut, Output } from './execution.ts';

/** The text that an expectation of `stream` is compared with. Throws if the streams were not captured as the expectations need them. */
export function pickStream(output: Output, stream: StreamName): string {
  const text = output[stream];
  if (text === undefined)
    throw new Error('an expectation of both streams needs a run that captures them together');
  return text;
}

/** The verdict on `stream`. */
export function matchOutput(
  output: Output,
  stream: StreamName,
  expectation: Expectation,
  captures: Captures,
): Verdict {
  const text = pickStream(output, stream);
  const cut = output.cut?.[stream];
  if (cut === undefined) return matchExpectation(expectation, text, captures);
  const { match } = expectation;
  if (match === 'contains' || match === 'absent') {
    const verdict = matchExpectation(expectation, dropCut(text), captures);
    if (verdict.kind === (match === 'contains' ? 'held' : 'differs')) return verdict;
  }
  return refuseCut(cut);
}

function refuseCut({ bytes, omittedBytes }: Cut): Verdict {
  const reason = `the output has ${bytes} bytes, of which ${omittedBytes} in the middle are not compared`;
  const hint = 'print less, for example with `grep` or `head`';
  return { kind: 'differs', reason: `${reason}: ${hint}`, diff: [] };
}
