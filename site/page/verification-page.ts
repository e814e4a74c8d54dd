/** The report as a table: every block of every lesson, in which world it ran, how long it took, what came of it. */
import { renderDuration } from '../../runner/report/render-duration.ts';
import { renderWorld } from '../../runner/report/render-world.ts';
import { html, type Html } from '../render/html.ts';
import { outlineOf } from '../render/outline.ts';
import type { BlockRecording, Lesson, LessonRecording } from '../site.ts';
import { renderBadge } from './badge.ts';
import { renderLayout } from './layout.ts';
import { listRunFacts } from './run-facts.ts';
import type { SiteContext } from './site-context.ts';

/** The document. */
export function renderVerificationPage(site: SiteContext): string {
  const { recorded } = site;
  const main = html`<article class="report">
    <p class="place">The recorded run, block by block</p>
    <h1>How this is verified</h1>
    <p>
      Nothing on these pages was typed in as an example. <code>mtx-doc run</code> takes every shell block of
      every lesson, runs it in order in one bash session, and compares what it prints with what the page says
      it must print. The output that you see below a command is what that run recorded.
    </p>
    <p>
      A page counts as verified only if all of its checks held and nothing that it runs or expects has changed
      since, in it or in a page that it needs: the report keeps a hash of each. Parts of an output that the check lets vary, such as ages and
      ids, are marked <span class="vary">like this</span>, and lines that no check looks at
      <span class="legend free">like this</span>. What has no recording, an old one or a failed one
      says so where it stands.
    </p>
    ${renderRun(site)} ${recorded.lessons.map((lesson) => renderTable(lesson, site))}
  </article>`;
  return renderLayout(
    {
      ...site,
      path: 'verification',
      root: '',
      title: `How this is verified · ${site.name}`,
      summary: 'The recorded run as a table: every block, its world, its time.',
      hasTwin: true,
    },
    { main },
  );
}

function renderRun({ recorded: { report } }: SiteContext): Html {
  if (report === undefined) return html`<p class="notice">No run is recorded: nothing is verified.</p>`;
  return html`<div class="table" tabindex="0" role="group" aria-label="The run">
    <table class="run">
      <caption>
        The run
      </caption>
      <tbody>
        ${listRunFacts(report).map(
          ({ name, text, shown = text }) =>
            html`<tr>
              <th scope="row">${name}</th>
              <td>${shown}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function renderTable(recording: LessonRecording, { recorded }: SiteContext): Html {
  const { lesson, blocks, world } = recording;
  const where = world === undefined ? 'none' : renderWorld(world);
  return html`<h2 id="${lesson.path.replaceAll('/', '-')}">
      <a href="${lesson.path}.html">${lesson.title}</a>
    </h2>
    ${renderBadge(recording, recorded, `${lesson.path}.html`)}
    <details class="blocks">
      <summary>All ${blocks.size} blocks</summary>
      <div class="table" tabindex="0" role="group" aria-label="Blocks of ${lesson.title}">
        <table>
          <thead>
            <tr>
              <th scope="col">Block</th>
              <th scope="col">Kind</th>
              <th scope="col">Result</th>
              <th scope="col">Time</th>
              <th scope="col">Tries</th>
              <th scope="col">Checks</th>
            </tr>
          </thead>
          <tbody>
            ${[...blocks.values()].map((block) => renderRow(block, lesson))}
          </tbody>
        </table>
      </div>
      <p class="quiet">World: ${where}</p>
    </details>`;
}

function renderRow({ block, status, run, reason }: BlockRecording, lesson: Lesson): Html {
  const address = `${lesson.path}.html#${outlineOf(lesson).cards.get(block.id)}`;
  const checks = run?.expectations.length ?? 0;
  return html`<tr>
    <th scope="row"><a href="${address}">${block.id}</a></th>
    <td>${block.kind}</td>
    <td><span class="state ${status}">${status}</span>${reason !== undefined && html` ${reason}`}</td>
    <td>${run === undefined ? '' : renderDuration(run.durationMs)}</td>
    <td>${run?.tries ?? ''}</td>
    <td>${checks === 0 ? '' : checks}</td>
  </tr>`;
}
