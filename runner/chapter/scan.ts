/**
 * Finds fences, headings and mtx comments. CommonMark decides what each of them is, so markdown-it's block rules do it;
 * inlines are not parsed, except of headings and of the rare paragraph that mentions a comment.
 */
import openMarkdownIt, { type MarkdownIt, type Token } from 'markdown-it';

import { offsetInLine, type LineMap } from '../text/position.ts';
import type { Span } from '../text/text.ts';
import type { SourceRange } from './report.ts';

/** A fenced code block in the file. */
export interface SourceFence {
  readonly kind: 'fence';
  readonly span: Span;
  readonly bodySpan: Span;
  /** The opening run of backticks or tildes. */
  readonly marker: string;
  /** False where the file or the container ends before the fence does. */
  readonly isClosed: boolean;
  /** Everything after the marker, as written, and its offset. */
  readonly info: string;
  readonly infoOffset: number;
  readonly body: string;
  readonly bodyLines: readonly number[];
}

export interface SourceHeading {
  readonly kind: 'heading';
  readonly depth: number;
  readonly text: string;
}

/** An mtx comment: the text after `mtx:` with its place; `fence` if one follows directly. */
export interface SourceComment {
  readonly kind: 'comment';
  readonly range: SourceRange;
  readonly text: string;
  /** Offset in the file of an offset in `text`. */
  readonly offsetOf: (offset: number) => number;
  readonly above: boolean;
}

export type SourcePart = SourceFence | SourceHeading | SourceComment;

const markdown = openMarkdown();

/** A word of an info string as CommonMark reads it: `b&#97;sh` and `b\ash` are what they stand for. */
export function decodeWord(word: string): string {
  return markdown.utils.unescapeAll(word);
}

/** The parts of a Markdown text in page order. The text starts at line `firstLine` of the file. */
export function scanMarkdown(text: string, firstLine: number, lines: LineMap): readonly SourcePart[] {
  const tokens = markdown.parse(text, {});
  const parts: SourcePart[] = [];
  tokens.forEach((token, index) => {
    const [from, to] = token.map ?? [0, 0];
    const line = from + firstLine;
    if (token.type === 'fence') parts.push(readFence(token, line, to + firstLine, lines));
    else if (token.type === 'inline' && isHeading(tokens[index - 1])) {
      parts.push({ kind: 'heading', depth: Number(tokens[index - 1]?.tag.slice(1)), text: plainText(token) });
    } else if (token.content.includes('<!--') && /<!--\s*mtx\b/i.test(token.content)) {
      const next = tokens[index + 1];
      const above = next?.type === 'fence' && next.level === token.level;
      const comment = readComment(token, line, lines, above);
      if (comment !== undefined) parts.push(comment);
    }
  });
  return parts;
}

function openMarkdown(): MarkdownIt {
  const opened = openMarkdownIt('commonmark', { maxNesting: 200 });
  opened.core.ruler.enableOnly(['normalize', 'block']);
  return opened;
}

/** Headings in quotes and lists open no section. */
function isHeading(token: Token | undefined): boolean {
  return token?.type === 'heading_open' && token.level === 0;
}

function plainText(heading: Token): string {
  const children: Token[] = [];
  markdown.inline.parse(heading.content, markdown, {}, children);
  return children
    .map((child) => (child.type === 'softbreak' ? ' ' : child.type === 'html_inline' ? '' : child.content))
    .join('')
    .trim();
}

function readFence(token: Token, line: number, after: number, lines: LineMap): SourceFence {
  const whole = lines.textOf(line);
  const infoOffset = lines.startOf(line) + Math.max(0, whole.length - token.info.length);
  const body = token.content === '' || token.content.endsWith('\n') ? token.content : `${token.content}\n`;
  const height = body.split('\n').length - 1;
  const last = lines.startOf(after - 1) + lines.textOf(after - 1).length;
  return {
    kind: 'fence',
    span: lines.span(infoOffset - token.markup.length, last),
    bodySpan: lines.span(endOfLine(lines, line), endOfLine(lines, line + height)),
    marker: token.markup,
    isClosed: after - line > height + 1,
    info: token.info,
    infoOffset,
    body,
    bodyLines: Array.from({ length: height }, (_, index) => line + 1 + index),
  };
}

/** The offset after `line` and its line end. */
function endOfLine(lines: LineMap, line: number): number {
  return line < lines.lineCount ? lines.startOf(line + 1) : lines.source.length;
}

function readComment(token: Token, line: number, lines: LineMap, above: boolean): SourceComment | undefined {
  if (token.type === 'inline' && !holdsInlineComment(token)) return undefined;
  if (token.type !== 'inline' && token.type !== 'html_block') return undefined;
  const start = token.content.search(/<!--\s*mtx\b/i);
  const opener = /^<!--\s*mtx:?/i.exec(token.content.slice(start))?.[0] ?? '';
  const close = token.content.indexOf('-->', start + opener.length);
  const end = close === -1 ? token.content.length : close;
  const contentLines = token.content.split('\n');
  const place = (offset: number): number => {
    const before = token.content.slice(0, offset).split('\n');
    const row = before.length - 1;
    return offsetInLine(lines, line + row, contentLines[row] ?? '', before.at(-1)?.length ?? 0);
  };
  const alone = /^\s*$/.test(token.content.slice(0, start)) && /^-->\s*$/.test(token.content.slice(end));
  return {
    kind: 'comment',
    range: { start: place(start), end: place(close === -1 ? end : end + 3) },
    text: token.content.slice(start + opener.length, end),
    offsetOf: (offset) => place(start + opener.length + offset),
    above: above && alone && opener.endsWith(':'),
  };
}

/** Whether a comment stands in a paragraph as HTML, and not as code that only shows one. */
function holdsInlineComment(token: Token): boolean {
  const children: Token[] = [];
  markdown.inline.parse(token.content, markdown, {}, children);
  return children.some((child) => child.type === 'html_inline' && /^<!--\s*mtx\b/.test(child.content));
}
