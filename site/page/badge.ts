/** Says in one line what a lesson's outputs are worth: verified on a date, at a commit, in a world; or why not. */
import { renderDuration } from '../../runner/report/render-duration.ts';
import { renderWorld } from '../../runner/report/render-world.ts';
import { html, type Html, type Part } from '../render/html.ts';
import { outlineOf } from '../render/outline.ts';
import type { BlockRecording, LessonRecording, RecordedCourse } from '../site.ts';
import { renderDate } from './layout.ts';

const TITLES: Readonly<Record<LessonRecording['status'], string>> = {
  verified: 'Verified',
  outdated: 'Changed since it was verified',
  failed: 'Failed when last run',
  missing: 'Not verified',
};

/** The badge of a lesson; `page` is the lesson's address where the badge is on another page. */
export function renderBadge(recording: LessonRecording, { report }: RecordedCourse, page = ''): Html {
  const { status, reasons, chapter, world } = recording;
  const gaps = sayGaps(recording);
  const ran = report !== undefined && chapter !== undefined;
  return html`<div class="badge ${status}">
    <p>
      <strong>${nameStatus(recording)}</strong>${
        ran &&
        html` <span
          >on
          <time datetime="${chapter.startedAt ?? report.date}"
            >${renderDate(chapter.startedAt ?? report.date)}</time
          >${report.commit !== undefined && html`, commit <code>${report.commit.slice(0, 8)}</code>`}, all
          commands in <span class="nb">${renderDuration(chapter.durationMs)}</span></span
        >`
      }
    </p>
    ${gaps !== undefined && html`<p>${gaps}</p>`}${renderFailed(recording, page)}${reasons.map((reason) => html`<p>${reason}</p>`)}${world !== undefined && html`<p class="world">${capitalise(renderWorld(world))}</p>`}
  </div>`;
}

/** What the page's status is called, with the number of its gaps. */
export function nameStatus(recording: LessonRecording): string {
  const { length } = listGaps(recording);
  return `${TITLES[recording.status]}${length === 0 ? '' : ` except ${length} block${length === 1 ? '' : 's'}`}`;
}

/** What a verified page does not vouch for; undefined where there is nothing. */
export function sayGaps(recording: LessonRecording): string | undefined {
  const reasons = new Set(listGaps(recording).map(({ reason = '' }) => reason));
  return reasons.size === 0 ? undefined : `Marked below, and not verified: ${[...reasons].join('; ')}.`;
}

/** What the author never runs is not counted. */
function listGaps({ status, blocks }: LessonRecording): readonly BlockRecording[] {
  if (status !== 'verified') return [];
  return [...blocks.values()].filter(
    ({ block, status }) => block.kind !== 'skip' && (status === 'skipped' || status === 'partly'),
  );
}

/** Where to look first. */
function renderFailed({ lesson, blocks }: LessonRecording, page: string): Part {
  const { cards } = outlineOf(lesson);
  const failed = [...blocks.values()].filter(({ status }) => status === 'failed');
  return (
    failed.length > 0 &&
    html`<p>Failed: ${failed.map(({ block }, index) => html`${index > 0 && ', '}<a href="${page}#${cards.get(block.id)}">#${block.id}</a>`)}</p>`
  );
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
