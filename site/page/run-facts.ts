/** What the verification page and its twin say of the recorded run. */
import { renderDuration } from '../../runner/report/render-duration.ts';
import type { Report } from '../../runner/report/report.ts';
import { html, type Part } from '../render/html.ts';
import { renderDate } from './layout.ts';

export interface RunFact {
  readonly name: string;
  readonly text: string;
  /** As the page shows it, where that is more than the text. */
  readonly shown?: Part;
}

/** The facts, in order. */
export function listRunFacts({
  date,
  commit,
  tool,
  outcome,
  finished,
  totals,
  durationMs,
}: Report): readonly RunFact[] {
  const skipped = totals.skips.reduce((sum, { blocks }) => sum + blocks, 0);
  const day = renderDate(date);
  return [
    { name: 'Date', text: day, shown: html`<time datetime="${date}">${day}</time>` },
    {
      name: 'Commit',
      text: commit ?? 'unknown',
      ...(commit === undefined ? {} : { shown: html`<code>${commit}</code>` }),
    },
    { name: 'mtx-doc', text: tool },
    { name: 'Result', text: `${outcome}${finished ? '' : ', not finished'}` },
    { name: 'Blocks', text: `${totals.passed} passed, ${totals.failed} failed, ${skipped} skipped` },
    { name: 'Outputs checked', text: String(totals.expectations) },
    { name: 'Time', text: renderDuration(durationMs) },
  ];
}
