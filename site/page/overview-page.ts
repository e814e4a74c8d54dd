/** The first page: the seven stages as a map, each with the state after it, and what the course's README says. */
import { readBody } from '../load/read-body.ts';
import { renderDuration } from '../../runner/report/render-duration.ts';
import { html, type Html, type Part } from '../render/html.ts';
import { DIAGRAM, renderDiagram } from '../diagram/render-diagram.ts';
import { renderMarkdown } from '../render/render-markdown.ts';
import type { LessonRecording, RecordedCourse } from '../site.ts';
import { renderDate, renderLayout } from './layout.ts';
import { resolveLink } from './resolve-link.ts';
import { splitStates, type Piece } from './split-states.ts';
import type { SiteContext } from './site-context.ts';

const WORDS: Readonly<Record<LessonRecording['status'], string>> = {
  verified: 'Verified',
  outdated: 'Changed since',
  failed: 'Failed',
  missing: 'Not verified',
};

/** The document. */
export function renderOverviewPage(site: SiteContext): string {
  const { recorded } = site;
  const { overview, title } = recorded.course;
  const file = overview?.file ?? '';
  const { lead, rest, states } = splitStates(readBody(overview?.source ?? ''), { file });
  const show = ({ text, firstLine }: Piece): Html =>
    renderMarkdown(text, {
      firstLine,
      renderFence: (line, { language, body }) =>
        language === DIAGRAM
          ? renderDiagram(body, file, line)
          : html`<pre class="plain" tabindex="0"><code>${site.highlighter.highlight(body, language)}</code></pre>`,
      resolveLink: overview === undefined ? (href) => href : resolveLink(overview, recorded.course),
    }).html;
  const showStage = (recording: LessonRecording): Html => {
    const state = states.get(recording.lesson.file);
    return renderStage(recording, state !== undefined && show(state));
  };
  const lessons = recorded.lessons.filter(({ lesson }) => lesson.number !== undefined);
  const guides = recorded.lessons.filter(({ lesson }) => lesson.number === undefined);
  const main = html`<div class="hero">
      <p class="place">${lessons.length} lessons, every command with what it really printed</p>
      <h1>${title}</h1>
      ${show(lead)}${renderProof(recorded)}
    </div>
    <ol class="map" aria-label="The lessons">
      ${lessons.map(showStage)}
    </ol>
    ${
      guides.length > 0 &&
      html`<h2>Guides</h2>
        <ul class="map guides">
          ${guides.map(showStage)}
        </ul>`
    }
    <article>${show(rest)}</article>`;
  return renderLayout(
    {
      ...site,
      path: 'index',
      root: '',
      title,
      summary: 'Learn ConfigHub with lessons that are run: every command stands with its recorded output.',
      hasTwin: true,
    },
    { main },
  );
}

/** `state` is what there is after it. */
function renderStage({ lesson, status, chapter }: LessonRecording, state: Part): Html {
  const time = chapter === undefined ? '' : ` · runs in ${renderDuration(chapter.durationMs)}`;
  return html`<li class="stage">
    <a href="${lesson.path}.html"
      ><span class="num">${lesson.number}</span
      ><span class="what"
        ><strong>${lesson.title}</strong><span class="sum">${lesson.chapter.summary}</span></span
      ><span class="meta"
        ><span class="state ${status}">${WORDS[status]}</span
        ><span>${lesson.minutesToRead} min to read${time}</span></span
      ></a
    >${state !== false && html`<div class="after">${state}</div>`}
  </li>`;
}

function renderProof({ report, lessons }: RecordedCourse): Part {
  if (report === undefined)
    return html`<p class="proof missing">No run is recorded yet: nothing here is verified.</p>`;
  const verified = lessons.filter(({ status }) => status === 'verified').length;
  const { passed, expectations } = report.totals;
  return html`<p class="proof ${verified < lessons.length && 'missing'}">
    <strong>${verified} of ${lessons.length}</strong> pages verified on
    <time datetime="${report.date}">${renderDate(report.date)}</time>: ${passed} commands run, ${expectations}
    outputs checked, in <span class="nb">${renderDuration(report.durationMs)}</span>.
    <a href="verification.html">How this is verified</a>
  </p>`;
}
