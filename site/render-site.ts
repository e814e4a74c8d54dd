/** The whole site as files: pages, twins, scripts, listings. Pure but for the highlighter's cache; same input, same bytes. */
import type { Assets } from './load/build-assets.ts';
import { renderListings } from './machine/render-listings.ts';
import { renderScript } from './machine/render-script.ts';
import { renderSearchIndex } from './machine/render-search-index.ts';
import { renderTwin } from './machine/render-twin.ts';
import { renderLessonPage } from './page/lesson-page.ts';
import { renderNotFoundPage } from './page/not-found-page.ts';
import { renderOverviewPage } from './page/overview-page.ts';
import type { SiteContext } from './page/site-context.ts';
import { renderVerificationPage } from './page/verification-page.ts';
import type { SiteFile } from './site.ts';

/** All files. Throws SiteError where a lesson cannot become a script. */
export function renderSite(site: SiteContext, assets: Assets): readonly SiteFile[] {
  const { recorded, base } = site;
  const { course } = recorded;
  return [
    { path: 'index.html', content: renderOverviewPage(site) },
    { path: 'verification.html', content: renderVerificationPage(site) },
    { path: '404.html', content: renderNotFoundPage(site) },
    ...(course.overview === undefined ? [] : [{ path: 'index.md', content: course.overview.source }]),
    ...recorded.lessons.flatMap((recording) => [
      { path: `${recording.lesson.path}.html`, content: renderLessonPage(recording, site) },
      { path: `${recording.lesson.path}.md`, content: renderTwin(recording) },
      { path: `${recording.lesson.path}.sh`, content: renderScript(recording.lesson, course) },
    ]),
    ...renderListings(recorded, base),
    { path: 'site.js', content: assets.siteScript },
    { path: 'search.js', content: assets.searchScript },
    { path: 'search-index.js', content: renderSearchIndex(recorded) },
    { path: 'icon.svg', content: assets.icon },
  ];
}
