/** What machines read first: llms.txt, the sitemap and the feed. */
import { escapeHtml } from '../render/html.ts';
import type { LessonRecording, RecordedCourse, PlannedFile } from '../site.ts';
import { renderTwin } from './render-twin.ts';

/** `llms.txt`: each page's twin with its summary. */
function renderLlms({ course, lessons }: RecordedCourse, base: string): string {
  const rows = lessons.map(
    ({ lesson, status }) =>
      `- [${lesson.title}](${base}${lesson.path}.md): ${lesson.chapter.summary}${status === 'verified' ? '' : ` (not verified: ${status})`}`,
  );
  return [
    `# ${course.title}`,
    '',
    '> Every command stands with the output that was recorded by running it.',
    '',
    '## Lessons',
    '',
    ...rows,
    '',
    '## About the course',
    '',
    `- [${course.title}](${base}index.md): what it is about, and how far it is verified`,
    `- [How this is verified](${base}verification.md): the recorded run, block by block`,
    '',
  ].join('\n');
}

/** `llms-full.txt`: all twins, one after the other. */
function renderLlmsFull({ lessons }: RecordedCourse): string {
  return lessons.map((lesson) => `${renderTwin(lesson).trimEnd()}\n`).join('\n\n');
}

/** `sitemap.xml`. */
function renderSitemap({ lessons }: RecordedCourse, base: string): string {
  const entry = (path: string, at: string | undefined): string =>
    `<url><loc>${escapeHtml(base + path)}</loc>${at === undefined ? '' : `<lastmod>${at}</lastmod>`}</url>`;
  const pages = lessons.map(({ lesson, chapter }) => entry(`${lesson.path}.html`, chapter?.startedAt));
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${[entry('', undefined), ...pages, entry('verification.html', undefined)].join('\n')}
</urlset>
`;
}

/** `feed.xml`: an Atom entry for each lesson, as of its last verification. */
function renderFeed({ course, lessons, report }: RecordedCourse, base: string): string {
  const updated = report?.date ?? '1970-01-01T00:00:00Z';
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<title>${escapeHtml(course.title)}</title>
<id>${escapeHtml(base)}</id>
<updated>${updated}</updated>
<author><name>MicroTraderX</name></author>
<link rel="self" href="${escapeHtml(base)}feed.xml"/>
${lessons.map((lesson) => renderEntry(lesson, base, updated)).join('\n')}
</feed>
`;
}

function renderEntry({ lesson, chapter, status }: LessonRecording, base: string, updated: string): string {
  const address = escapeHtml(`${base}${lesson.path}.html`);
  return `<entry><title>${escapeHtml(lesson.title)}</title><id>${address}</id><link href="${address}"/><updated>${chapter?.startedAt ?? updated}</updated><summary>${escapeHtml(`${lesson.chapter.summary} (${status})`)}</summary></entry>`;
}

/** All listings. Addresses are relative where nobody said where the site will be; then there is no sitemap and no feed. */
export function renderListings(recorded: RecordedCourse, base: string | undefined): readonly PlannedFile[] {
  return [
    { path: 'llms.txt', render: () => renderLlms(recorded, base ?? '') },
    { path: 'llms-full.txt', render: () => renderLlmsFull(recorded) },
    ...(base === undefined
      ? []
      : [
          { path: 'feed.xml', render: () => renderFeed(recorded, base) },
          { path: 'sitemap.xml', render: () => renderSitemap(recorded, base) },
        ]),
  ];
}
