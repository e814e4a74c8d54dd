/** What changed between two runs, for people and for programs. */
import type { BlockPlace, Comparison } from './compare-reports.ts';
import { renderDiff } from './render-diff.ts';
import { renderCount, renderDuration } from './render-duration.ts';
import { indentLines } from './render-lines.ts';
import type { Role, Style } from './style.ts';

/** What is new and bad first; the last line counts. Ends with a newline. */
export function renderComparison(comparison: Comparison, style: Style): string {
  const { newFailures, newTroubles, fixed, unchecked, slower, changedOutputs, added, removed } = comparison;
  const place = ({ file, line, block }: BlockPlace): string => `${file}:${line} #${block}`;
  const mark = (role: Role, word: string, texts: readonly string[]): readonly string[] =>
    texts.map((text) => `${style(role, word.padEnd(7))} ${text}`);
  const lines = [
    ...mark('bad', 'FAIL', [...newFailures.map((one) => `${place(one)}: ${one.reason}`), ...newTroubles]),
    ...mark('good', 'fixed', fixed.map(place)),
    ...mark(
      'warn',
      'not run',
      unchecked.map((one) => `${place(one)}: ${one.reason}`),
    ),
    ...mark(
      'warn',
      'slower',
      slower.map((one) => `${place(one)}: ${renderSlower(one)}`),
    ),
    ...changedOutputs.flatMap((one) => [
      ...mark('strong', 'output', [place(one)]),
      ...indentLines(renderDiff(one.diff, style), 2),
    ]),
    ...mark('dim', 'added', added.map(place)),
    ...mark('dim', 'removed', removed.map(place)),
  ];
  const counts = [
    renderCount(newFailures.length + newTroubles.length, 'new failure'),
    `${fixed.length} fixed`,
    ...(unchecked.length === 0 ? [] : [`${unchecked.length} not run any more`]),
    `${slower.length} slower`,
    renderCount(changedOutputs.length, 'changed output'),
    `${added.length} added`,
    `${removed.length} removed`,
  ];
  return `${[...lines, ...(lines.length === 0 ? [] : ['']), counts.join(', ')].join('\n')}\n`;
}

function renderSlower({
  beforeMs,
  afterMs,
}: {
  readonly beforeMs: number;
  readonly afterMs: number;
}): string {
  const times = beforeMs > 0 ? `, ${(afterMs / beforeMs).toFixed(1)} times as long` : '';
  return `${renderDuration(afterMs)} after ${renderDuration(beforeMs)}${times}`;
}

/** The same as JSON. */
export function renderComparisonJson(comparison: Comparison): string {
  return `${JSON.stringify(comparison, null, 2)}\n`;
}
