/** The files of the site: pages, twins, scripts, listings. Pure but for the highlighter's cache; same input, same bytes. */
import type { Assets } from './load/build-assets.ts';
import { renderListings } from './machine/render-listings.ts';
import { renderOverviewTwin, renderVerificationTwin } from './machine/render-page-twins.ts';
import { renderScript } from './machine/render-script.ts';
import { renderSearchIndex } from './machine/render-search-index.ts';
import { renderTwin } from './machine/render-twin.ts';
import { renderLessonPage } from './page/lesson-page.ts';
import { renderNotFoundPage } from './page/not-found-page.ts';
import { renderOverviewPage } from './page/overview-page.ts';
import type { SiteContext } from './page/site-context.ts';
import { renderVerificationPage } from './page/verification-page.ts';
import type { LessonRecording, PlannedFile } from './site.ts';

/** All files. Rendering throws SiteError where a lesson cannot become a script. */
export function planSite(site: SiteContext, assets: Assets): readonly PlannedFile[] {
  const { recorded, base } = site;
  return [
    { path: 'index.html', render: () => renderOverviewPage(site) },
    { path: 'verification.html', render: () => renderVerificationPage(site) },
    { path: '404.html', render: () => renderNotFoundPage(site) },
    { path: 'index.md', render: () => renderOverviewTwin(recorded) },
    { path: 'verification.md', render: () => renderVerificationTwin(recorded) },
    ...recorded.lessons.flatMap((recording) => planLesson(recording, site)),
    ...renderListings(recorded, base),
    { path: 'site.js', render: () => assets.siteScript },
    { path: 'search.js', render: () => assets.searchScript },
    { path: 'search-index.js', render: () => renderSearchIndex(recorded) },
    { path: 'icon.svg', render: () => assets.icon },
  ];
}

/** The page, its Markdown, and its script: as a file, and for those who copy it from a page on disk. */
function planLesson(recording: LessonRecording, site: SiteContext): readonly PlannedFile[] {
  const { path } = recording.lesson;
  let rendered: string | undefined;
  const script = (): string => (rendered ??= renderScript(recording.lesson, site.recorded.course));
  return [
    { path: `${path}.html`, render: () => renderLessonPage(recording, site) },
    { path: `${path}.md`, render: () => renderTwin(recording) },
    { path: `${path}.sh`, render: script },
    { path: `${path}.sh.js`, render: () => `mtxText(${JSON.stringify(script())})` },
  ];
}
