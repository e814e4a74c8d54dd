/**
 * Markdown to HTML, with the fences of a chapter as cards. CommonMark with GitHub's tables and alerts, as the runner and
 * GitHub read it. Of raw HTML, `<details>` become folds or tabs and comments nothing; all else is shown as text.
 */
import GithubSlugger from 'github-slugger';
import openMarkdownIt, { type MarkdownIt, type Token } from 'markdown-it';
import alerts from 'markdown-it-github-alerts';
import type { Html } from './html.ts';
import type { Body } from '../load/read-body.ts';
import { escapeHtml, raw } from './html.ts';
import { markDetails } from './mark-details.ts';

/** A heading of the page. */
export interface Heading {
  readonly id: string;
  readonly text: string;
  readonly depth: number;
}

export interface MarkdownContext {
  /** The Markdown's first line in its file. */
  readonly firstLine: number;
  /** The fence that starts at a line of the file. */
  readonly renderFence: (line: number, fence: Fence) => Html;
  /** The address for a link's target as written; undefined where there is nothing to link to. */
  readonly resolveLink: (href: string) => string | undefined;
}

export interface Fence {
  readonly language: string;
  readonly body: string;
}

/** A page's body. `title` is its first heading of depth 1, which is not in `html`. */
export interface RenderedMarkdown {
  readonly html: Html;
  readonly title: string | undefined;
  readonly headings: readonly Heading[];
}

const markdown = openMarkdown();

/** Renders a text without front matter. */
export function renderMarkdown(text: string, context: MarkdownContext): RenderedMarkdown {
  const tokens = markdown.parse(text, {});
  markDetails(tokens);
  const title = takeTitle(tokens);
  const headings = nameHeadings(tokens);
  resolveLinks(tokens, context);
  return {
    html: raw(markdown.renderer.render(tokens, markdown.options, { context })),
    title,
    headings,
  };
}

/** What stands between two headings of depth 2. */
export interface Section {
  /** The heading's anchor; undefined before the first. */
  readonly id: string | undefined;
  readonly heading: string;
  /** Its first line in the file. */
  readonly line: number;
  /** Its prose, without fences and marks. */
  readonly text: string;
}

/** The page's sections, and all anchors that its headings have. */
export function readSections({ text, firstLine }: Body): {
  readonly sections: readonly Section[];
  readonly anchors: readonly string[];
} {
  const tokens = markdown.parse(text, {});
  const title = takeTitle(tokens);
  const anchors = nameHeadings(tokens).map(({ id }) => id);
  const starts = tokens.flatMap(({ type, tag }, at) => (type === 'heading_open' && tag === 'h2' ? [at] : []));
  const opening = { id: undefined, heading: '', line: firstLine };
  const sections = [-1, ...starts].map((at, index): Section => {
    const open = tokens[at];
    const inline = tokens[at + 1];
    const isHeading = open !== undefined && inline !== undefined;
    const from = isHeading ? at + 2 : 0;
    const prose = tokens.slice(from, starts[index]).map(proseOf).join(' ');
    if (!isHeading) return { ...opening, text: `${title ?? ''} ${prose}` };
    const line = (open.map?.[0] ?? 0) + firstLine;
    return { id: String(open.attrGet('id')), heading: plainText(inline), line, text: prose };
  });
  return { sections, anchors };
}

function proseOf(token: Token): string {
  if (token.type === 'html_block') return token.content.replace(/<[^>]*>/g, ' ');
  return token.type === 'inline' ? plainText(token) : '';
}

interface Environment {
  readonly context: MarkdownContext;
}

function openMarkdown(): MarkdownIt {
  const opened = openMarkdownIt({ html: true, linkify: false, typographer: false });
  opened.use(alerts, { icons: {} });
  opened.renderer.rules['fence'] = (tokens, index, _options, env) => {
    const token = tokens[index];
    if (token === undefined) return '';
    const { context } = env as unknown as Environment;
    const language = /^[^\s{]*/.exec(token.info)?.[0] ?? '';
    const line = (token.map?.[0] ?? 0) + context.firstLine;
    return context.renderFence(line, { language, body: token.content }).html;
  };
  opened.renderer.rules['html_inline'] = (tokens, index) => showRaw(tokens[index]?.content ?? '');
  opened.renderer.rules['html_block'] = (tokens, index) => {
    const { meta, content = '' } = tokens[index] ?? {};
    const shown = showRaw(content).trim();
    return (meta?.['html'] as string | undefined) ?? (shown === '' ? '' : `<p>${shown}</p>\n`);
  };
  opened.renderer.rules['table_open'] = () =>
    '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n';
  opened.renderer.rules['table_close'] = () => '</table></div>\n';
  opened.renderer.rules['heading_close'] = (tokens, index) => {
    const id = tokens[index]?.meta?.['id'] as string | undefined;
    const anchor =
      id === undefined
        ? ''
        : ` <a class="anchor" href="#${escapeHtml(id)}" aria-label="Link to this section">#</a>`;
    return `${anchor}</${tokens[index]?.tag ?? 'h2'}>\n`;
  };
  return opened;
}

/** As text, without comments. */
function showRaw(text: string): string {
  return escapeHtml(text.replace(/<!--[^]*?-->/g, ''));
}

function takeTitle(tokens: Token[]): string | undefined {
  const at = tokens.findIndex(
    ({ type, tag, level }) => type === 'heading_open' && tag === 'h1' && level === 0,
  );
  if (at === -1) return undefined;
  const [, inline] = tokens.splice(at, 3);
  return inline === undefined ? undefined : plainText(inline);
}

/** Gives headings the ids that GitHub gives them, so that links between chapters hold on both. */
function nameHeadings(tokens: readonly Token[]): readonly Heading[] {
  const slugger = new GithubSlugger();
  return tokens.flatMap((token, index) => {
    const inline = tokens[index + 1];
    if (token.type !== 'heading_open' || inline === undefined) return [];
    const text = plainText(inline);
    const id = slugger.slug(text);
    token.attrSet('id', id);
    const close = tokens[index + 2];
    if (close !== undefined) close.meta = { id };
    return [{ id, text, depth: Number(token.tag.slice(1)) }];
  });
}

function plainText({ children }: Token): string {
  return (children ?? []).map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('');
}

/** A link to a file that is no page becomes its text. */
function resolveLinks(tokens: readonly Token[], { resolveLink }: MarkdownContext): void {
  for (const { children } of tokens) {
    const open: (string | undefined)[] = [];
    for (const child of children ?? []) {
      if (child.type === 'link_open') {
        const target = resolveLink(String(child.attrGet('href') ?? ''));
        open.push(target);
        child.attrSet('href', target ?? '');
        if (target === undefined) child.tag = 'span';
        child.attrs = target === undefined ? [] : child.attrs;
      } else if (child.type === 'link_close' && open.pop() === undefined) child.tag = 'span';
    }
  }
}
