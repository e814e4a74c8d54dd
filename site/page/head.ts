/** The head of a page: what browsers, searchers and previews read, and a policy that lets nothing run but our own files. */
import { createHash } from 'node:crypto';
import { html, join, raw, type Html } from '../render/html.ts';

export interface HeadContext {
  /** The page's address without `.html`, relative to the site's root. */
  readonly path: string;
  /** From the page to the site's root: '' or `../`. */
  readonly root: string;
  readonly title: string;
  readonly summary: string;
  /** Where the site will be, with `/` at the end; absent where nobody knows. */
  readonly base?: string;
  readonly style: string;
  /** The page's own Markdown is beside it. */
  readonly hasTwin: boolean;
  /** Address of the next page, to be fetched ahead. */
  readonly next?: string;
  /** Schema.org's description. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Before the first paint: the chosen scheme, and that scripts run. */
const EARLY =
  "document.documentElement.classList.add('js');try{var t=localStorage.getItem('theme');if(t)document.documentElement.dataset.theme=t}catch(e){}";

/** The `head` element. */
export function renderHead(context: HeadContext): Html {
  const { path, root, title, summary, base, style, next, data } = context;
  const address = base === undefined ? undefined : `${base}${path === 'index' ? '' : `${path}.html`}`;
  const rules =
    next === undefined ? undefined : JSON.stringify({ prefetch: [{ urls: [next], eagerness: 'moderate' }] });
  return html`<head>
    <meta charset="utf-8">
    <meta
      http-equiv="Content-Security-Policy"
      content="${renderPolicy([EARLY, ...(rules === undefined ? [] : [rules])], style)}"
   >
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <meta name="description" content="${summary}">
    <script>${raw(EARLY)}</script>
    <style>${raw(style)}</style>
    <link rel="icon" href="${root}icon.svg" type="image/svg+xml">
    ${
      base !== undefined &&
      html`<link rel="alternate" type="application/atom+xml" title="Verified lessons" href="${root}feed.xml">`
    }
    ${context.hasTwin && html`<link rel="alternate" type="text/markdown" href="${root}${path}.md">`}
    ${
      address !== undefined &&
      html`<link rel="canonical" href="${address}"> <meta property="og:url" content="${address}">`
    }
    <meta property="og:type" content="article">
    <meta property="og:title" content="${title}">
    <meta property="og:description" content="${summary}">
    <meta property="og:site_name" content="MicroTraderX">
    ${data !== undefined && html`<script type="application/ld+json">${raw(toScript(data))}</script>`}
    ${rules !== undefined && html`<script type="speculationrules">${raw(rules)}</script>`}
  </head>`;
}

/** JSON that cannot end its script element. */
function toScript(data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

function renderPolicy(scripts: readonly string[], style: string): Html {
  const hashes = (texts: readonly string[]): Html =>
    join(
      texts.map((text) => raw(`'sha256-${hash(text)}'`)),
      ' ',
    );
  return html`default-src 'none'; script-src 'self' ${hashes(scripts)}; style-src ${hashes([style])}; img-src 'self' data:; base-uri 'none'; form-action 'none'`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
