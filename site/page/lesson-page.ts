/** The page of a lesson. */
import { readBody } from '../load/read-body.ts';
import { html, type Html, type Part } from '../render/html.ts';
import type { Highlighter } from '../render/highlight.ts';
import { DIAGRAM, renderDiagram } from '../diagram/render-diagram.ts';
import { isCommand } from '../recording/is-command.ts';
import { renderBlock } from '../render/render-block.ts';
import { outlineOf } from '../render/outline.ts';
import { renderMarkdown, type Fence, type Heading } from '../render/render-markdown.ts';
import type { LessonRecording } from '../site.ts';
import { renderBadge } from './badge.ts';
import { renderLayout } from './layout.ts';
import { describeLesson } from './describe-lesson.ts';
import { resolveLink } from './resolve-link.ts';
import type { SiteContext } from './site-context.ts';

/** The document. */
export function renderLessonPage(recording: LessonRecording, site: SiteContext): string {
  const { lesson } = recording;
  const { recorded } = site;
  const index = recorded.lessons.indexOf(recording);
  const [before, after] = [recorded.lessons[index - 1], recorded.lessons[index + 1]];
  const root = '../'.repeat(lesson.path.split('/').length - 1);
  const body = readBody(lesson.source);
  const rendered = renderMarkdown(body.text, {
    firstLine: body.firstLine,
    renderFence: fenceRenderer(recording, site.highlighter),
    resolveLink: resolveLink(lesson, site.recorded.course),
  });
  const main = html`<article>
      ${renderOpening(recording, site, rendered.title ?? lesson.title)}${rendered.html}
    </article>
    ${renderPager(before, after, root)}`;
  const context = {
    ...site,
    path: lesson.path,
    root,
    title: `${lesson.title} · ${site.name}`,
    summary: lesson.chapter.summary,
    hasTwin: true,
    data: describeLesson(recording, site),
    ...(after === undefined ? {} : { next: `${root}${after.lesson.path}.html` }),
  };
  return renderLayout(context, { main, aside: renderToc(rendered.headings) });
}

function fenceRenderer(
  { lesson, blocks }: LessonRecording,
  highlighter: Highlighter,
): (line: number, fence: Fence) => Html {
  const { cards } = outlineOf(lesson);
  const byLine = new Map(lesson.chapter.blocks.map((block) => [block.span.start.line, block]));
  const expectLines = new Set(
    lesson.chapter.blocks.flatMap((block) =>
      block.kind === 'run' ? block.expectations.map(({ span }) => span.start.line) : [],
    ),
  );
  const commands = lesson.chapter.blocks.filter(isCommand);
  const total = commands.length;
  return (line, { language, body }) => {
    if (expectLines.has(line)) return html``;
    if (language === DIAGRAM) return renderDiagram(body, lesson.file, line);
    const block = byLine.get(line);
    const recording = block && blocks.get(block.id);
    if (block === undefined || recording === undefined) {
      return html`<pre
        class="plain"
        tabindex="0"
      ><code>${highlighter.highlight(body, language)}</code></pre>`;
    }
    const index = commands.indexOf(block);
    const id = cards.get(block.id) ?? block.id;
    const context = { highlighter, id, total };
    return renderBlock(recording, index === -1 ? context : { ...context, number: index + 1 });
  };
}

function renderOpening(recording: LessonRecording, { recorded }: SiteContext, title: string): Html {
  const { lesson } = recording;
  const count = recorded.lessons.filter(({ lesson }) => lesson.number !== undefined).length;
  const place = lesson.number === undefined ? 'Guide' : `Lesson ${lesson.number} of ${count}`;
  const file = lesson.path.slice(lesson.path.lastIndexOf('/') + 1);
  return html`<p class="place">${place} · ${lesson.minutesToRead} min to read</p>
    <h1>${title}</h1>
    ${renderBadge(recording, recorded)}
    <p class="actions">
      <a class="button" href="${file}.sh" download>Download as a script</a
      ><a class="button" href="${file}.md">Markdown</a
      ><button class="button copy-all" type="button" data-from="${file}.sh.js">Copy as a script</button>
    </p>
    ${renderStart(recording)}`;
}

/** The command that opens a world in which the lesson can be followed: it starts where what is needed ends. */
function renderStart({ lesson }: LessonRecording): Html {
  const need = lesson.chapter.meta.needs.at(-1);
  const folder = lesson.file.slice(0, lesson.file.lastIndexOf('/') + 1);
  const command = need === undefined ? 'npx mtx-doc sandbox' : `npx mtx-doc sandbox --at ${folder}${need}`;
  return html`<p class="start">To type along in a world of your own, start here:<code>${command}</code></p>`;
}

function renderToc(headings: readonly Heading[]): Part {
  const shown = headings.filter(({ depth }) => depth === 2);
  return (
    shown.length > 1 &&
    html`<nav aria-label="On this page">
      <p class="label">On this page</p>
      <ul>
        ${shown.map(({ id, text }) => html`<li><a href="#${id}">${text}</a></li>`)}
      </ul>
    </nav>`
  );
}

function renderPager(
  before: LessonRecording | undefined,
  after: LessonRecording | undefined,
  root: string,
): Html {
  const link = (lesson: LessonRecording | undefined, word: string, rel: string): Part =>
    lesson !== undefined &&
    html`<a class="${rel}" rel="${rel}" href="${root}${lesson.lesson.path}.html"
      ><span class="label">${word}</span>${lesson.lesson.title}</a
    >`;
  return html`<nav class="pager" aria-label="Previous and next">
    ${link(before, 'Previous', 'prev')}${link(after, 'Next', 'next')}
  </nav>`;
}
