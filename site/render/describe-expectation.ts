/** Says in a reader's words what a check demands of an output. */
import type { ExpectBlock } from '../../runner/chapter/chapter.ts';
import type { MatchKind } from '../../runner/expectation/expectation.ts';
import { renderDuration } from '../../runner/report/render-duration.ts';

const MATCHES: Readonly<Record<MatchKind, string>> = {
  exact: 'exactly this text',
  elide: 'this text, where `...` stands for anything',
  like: 'this text; only ages, times, ids, addresses and hashes may be others',
  subset: 'at least these fields, with these values',
  regex: 'lines of this form, each a regular expression',
  contains: 'each of these lines, somewhere',
  absent: 'none of these lines',
};

const STREAMS = { stdout: '', stderr: ' on the error output', both: ' on either output' } as const;

/** "Checked: exactly this text, within 1 min, exit status 1". No full stop. */
export function describeExpectation({ expectation, exit, stream, withinMs }: ExpectBlock): string {
  return [
    `${MATCHES[expectation.match]}${STREAMS[stream]}`,
    ...(withinMs === undefined ? [] : [`within ${renderDuration(withinMs)}`]),
    ...(exit === 0 ? [] : [`exit status ${exit}`]),
  ].join(', ');
}
