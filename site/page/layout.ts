/** The frame of every page: head, bar, the course's contents, footer. All addresses are relative, so that a folder opened from disk is a site too. */
import type { RecordedCourse } from '../site.ts';
import { html, raw, type Html, type Part } from '../render/html.ts';
import { renderHead, type HeadContext } from './head.ts';

export interface PageContext extends HeadContext {
  readonly recorded: RecordedCourse;
}

export interface PageBody {
  readonly main: Html;
  /** The page's own contents, beside the text. */
  readonly aside?: Part;
}

/** A whole document. */
export function renderLayout(context: PageContext, { main, aside }: PageBody): string {
  const { root } = context;
  return html`<!DOCTYPE html>
    <html lang="en">
      ${renderHead(context)}
      <body>
        <a class="skip" href="#main">Skip to the text</a>
        <header class="top">
          <a class="brand" href="${root}index.html"
            ><span class="logo" aria-hidden="true"></span>MicroTraderX</a
          >
          <nav class="links" aria-label="Site">
            <a href="${root}index.html">Course</a><a href="${root}verification.html">How this is verified</a>
          </nav>
          <button class="tool search" type="button" aria-haspopup="dialog" data-root="${root}">
            Search <kbd>/</kbd>
          </button>
          <button class="tool theme" type="button" aria-label="Colour scheme: system">◐</button>
          <details class="menu">
            <summary aria-label="Menu">Menu</summary>
            ${renderContents(context, 'Course menu')}
          </details>
        </header>
        <div class="frame">
          <div class="side">${renderContents(context, 'Course')}</div>
          <main id="main" tabindex="-1">${main}</main>
          ${aside !== undefined && html`<div class="toc">${aside}</div>`}
        </div>
        ${renderFooter(context)}
        <script src="${root}site.js" defer></script>
      </body>
    </html> `.html;
}

function renderContents({ recorded, root, path }: PageContext, name: string): Html {
  const items = (isLesson: boolean): readonly Html[] =>
    recorded.lessons
      .filter(({ lesson }) => (lesson.number !== undefined) === isLesson)
      .map(({ lesson, status }) => {
        const here = lesson.path === path && raw(' aria-current="page"');
        const mark = status !== 'verified' && html` <span class="dot ${status}" title="${status}"></span>`;
        return html`<li>
          <a href="${root}${lesson.path}.html" ${here}
            ><span class="num">${lesson.number}</span>${lesson.title}${mark}</a
          >
        </li>`;
      });
  const guides = items(false);
  return html`<nav class="contents" aria-label="${name}">
    <p class="label">Lessons</p>
    <ol>
      ${items(true)}
    </ol>
    ${
      guides.length > 0 &&
      html`<p class="label">Guides</p>
        <ul>
          ${guides}
        </ul>`
    }
    <p class="more">
      <a href="${root}verification.html" ${path === 'verification' && raw(' aria-current="page"')}
        >How this is verified</a
      >
    </p>
  </nav>`;
}

function renderFooter({ recorded: { report }, root, base }: PageContext): Html {
  const run =
    report === undefined
      ? html`No run is recorded: nothing on these pages is verified.`
      : html`Outputs were recorded by running every command on
          <time datetime="${report.date}">${renderDate(report.date)}</time
          >${report.commit !== undefined && html` at commit <code>${report.commit.slice(0, 8)}</code>`}.`;
  return html`<footer class="foot">
    <p>
      ${run} <a href="${root}verification.html">How this is verified</a> ·
      <a href="${root}llms.txt">llms.txt</a>${base !== undefined && html` · <a href="${root}feed.xml">Feed</a>`}
    </p>
  </footer>`;
}

const DATE_FORMAT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** "23 Nov 2026", in UTC. */
export function renderDate(iso: string): string {
  return DATE_FORMAT.format(new Date(iso));
}
