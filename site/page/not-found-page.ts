/** What a wrong address shows. It may be shown at any depth, so its links start from where the site is, as far as that is known. */
import { html } from '../render/html.ts';
import { renderLayout } from './layout.ts';
import type { SiteContext } from './site-context.ts';

/** The document. */
export function renderNotFoundPage(site: SiteContext): string {
  const root = site.base === undefined ? '' : new URL(site.base).pathname;
  const main = html`<article>
    <p class="place">404</p>
    <h1>There is no such page</h1>
    <p>
      It may have moved. The <a href="${root}index.html">course’s first page</a> lists all lessons, and the
      search finds commands, flags and messages.
    </p>
  </article>`;
  return renderLayout(
    {
      ...site,
      path: '404',
      root,
      title: `Not found · ${site.name}`,
      summary: 'There is no such page.',
      hasTwin: false,
    },
    { main },
  );
}
