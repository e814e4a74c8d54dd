/** The table of mutations, one row for each matcher. */
import { isElision } from '../elide.ts';
import type { MatchKind } from '../expectation.ts';
import { expectedLines, splitLines } from '../lines.ts';
import { pickSome } from './change-text.ts';
import { changeData } from './mutate-data.ts';
import { hideElided, hideOccurrences, forbidPrinted, showForbidden } from './mutate-occurrence.ts';
import { addLines, changeLines, changeParts, changeWords, emptyOutput } from './mutate-output.ts';
import { changePageData } from './mutate-page-data.ts';
import { addPageLine, changePageWords, changePatternWords, dropPageLines } from './mutate-page.ts';
import type { Mutate, Mutation, Recorded } from './mutation.ts';

const bothEnds: Mutate = (recorded) => addLines(recorded, ['start', 'end']);
const fixedWords: Mutate = (recorded) => changeWords(recorded);
const patternWords: Mutate = (recorded) => changeWords(recorded, 'the pattern may fit it too');

const MUTATORS: Readonly<Record<MatchKind, readonly Mutate[]>> = {
  exact: [bothEnds, changeLines, fixedWords, changeParts, addPageLine, dropPageLines, changePageWords],
  like: [bothEnds, changeLines, fixedWords, changeParts, addPageLine, dropPageLines, changePageWords],
  elide: [changeElided, changeParts, addPageLine, dropPageLines, changePageWords],
  regex: [bothEnds, changeLines, patternWords, changeParts, addPageLine, dropPageLines, changePatternWords],
  contains: [hideOccurrences, changeParts, addPageLine, changePageWords],
  absent: [showForbidden, forbidPrinted],
  subset: [changeData, changePageData],
};

/** Of an expectation with more, so many are judged, evenly spread: comparing long texts takes its time. */
const MOST_MUTATIONS = 500;

/**
 * The mutations of an expectation that held and of the output that it held for; of a long text a sample. An expectation is
 * proved by what it refuses: each of these must be refused, unless it says why not.
 */
export function listMutations(recorded: Recorded): readonly Mutation[] {
  const { text, match } = recorded.expectation;
  const before = { page: text, output: splitLines(recorded.actual).join('\n') };
  const all = MUTATORS[match]
    .flatMap((mutate) => mutate(recorded))
    .filter((mutation) => mutation.text !== before[mutation.side]);
  const changed = pickSome(all, MOST_MUTATIONS);
  // What is absent from no output at all was never looked for.
  return before.output === '' && match !== 'absent' ? changed : [...emptyOutput(recorded), ...changed];
}

/** Without line elisions it is as strict as `exact`. */
function changeElided(recorded: Recorded): readonly Mutation[] {
  const lines = expectedLines(recorded.expectation.text);
  if (!lines.some(isElision))
    return [bothEnds, changeLines, fixedWords].flatMap((mutate) => mutate(recorded));
  const ends = (['start', 'end'] as const).filter(
    (end) => !isElision((end === 'start' ? lines[0] : lines.at(-1)) ?? ''),
  );
  return [...addLines(recorded, ends), ...hideElided(recorded)];
}
