/** The pure parts of rendering: escaping, marks, tokens' contrast, links, what can be searched. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { tokenize } from '../../../site/client/search-options.ts';
import { readBody } from '../../../site/load/read-body.ts';
import { openHighlighter } from '../../../site/render/highlight.ts';
import { escapeCode, html } from '../../../site/render/html.ts';
import { markVarying } from '../../../site/render/mark-varying.ts';
import { renderMarkdown } from '../../../site/render/render-markdown.ts';
import { contrast } from '../../../site/render/contrast.ts';
import { groundOf } from '../../support/contrast.ts';

test('a template escapes what is not HTML', () => {
  const inner = html`<b>${'<&">'}</b>`;
  expect(html`${inner}${undefined}${false}${[1, ' & ']}`.html).toBe('<b>&lt;&amp;&quot;&gt;</b>1 &amp; ');
});

describe('what is not seen is named', () => {
  const hid = (name: string, character: string): string =>
    `<span class="hid" data-is="${name}">${character}</span>`;
  test.each([
    ['an override of the direction', 'a\u202eb', `a${hid('U+202E', '\u202e')}b`],
    ['an isolate', '\u2066<', `${hid('U+2066', '\u2066')}&lt;`],
    ['a mark of no width', '\u200b', hid('U+200B', '\u200b')],
    ['a control character', '\u0001', hid('␁', '\u0001')],
    ['a return, which HTML would make a line end', '\r', hid('␍', '&#13;')],
    ['a tag beyond 16 bits', '\u{e0041}', hid('U+E0041', '\u{e0041}')],
    ['NUL, which HTML cannot hold', 'a\0', 'a<span class="hid">␀</span>'],
    ['tabs and line ends are seen', '\ta\n', '\ta\n'],
    ['so are letters of any direction', 'שלום, é', 'שלום, é'],
  ])('%s', async (_name, text, shown) => {
    expect(escapeCode(text)).toBe(shown);
    expect(
      markVarying(text, { varying: [], passedOver: new Set() })
        .map((line) => line.html)
        .join('\n'),
    ).toBe(shown);
    const highlighter = await openHighlighter(join(tmpdir(), 'no-such-cache.json'), []);
    expect(highlighter.highlight(text, 'text').html).toBe(shown);
  });
});

describe('varying parts', () => {
  const part = (line: number, start: number, end: number) => ({ line, start, end, reason: 'an age' });
  const mark = (text: string): string => `<span class="vary" title="an age">${text}</span>`;
  test.each([
    ['one', 'a 12s b', [part(0, 2, 5)], `a ${mark('12s')} b`],
    ['escaped inside and outside', '<a> <b>', [part(0, 4, 7)], `&lt;a&gt; ${mark('&lt;b&gt;')}`],
    ['overlapping ones', 'abcdef', [part(0, 1, 4), part(0, 2, 5)], `a${mark('bcd')}${mark('e')}f`],
    ['past the end', 'ab', [part(0, 1, 9)], `a${mark('b')}`],
    ['of another line', 'ab', [part(3, 0, 1)], 'ab'],
  ])('%s', (_name, text, varying, marked) => {
    expect(markVarying(text, { varying, passedOver: new Set() }).map((line) => line.html)).toEqual([marked]);
  });
});

test.each([
  ['--output-jq', ['--output-jq', 'output', 'jq']],
  ['apps/v1.Deployment', ['apps/v1.deployment', 'apps', 'v1', 'deployment']],
  ['Space', ['space']],
])('the words of %s', (text, words) => {
  expect(tokenize(text)).toEqual(words);
});

test.each([
  ['---\nmtx: {}\n---\n# A\n', '# A\n', 4],
  ['---\r\nmtx: {}\r\n---\r\n# A\r\n', '# A\r\n', 4],
  ['# A\n\n---\nb\n---\n', '# A\n\n---\nb\n---\n', 1],
])('the text after front matter: %j', (source, text, firstLine) => {
  expect(readBody(source)).toEqual({ text, firstLine });
});

test('raw HTML in a chapter is text, and script links are not followed', () => {
  const context = { firstLine: 1, renderFence: () => html``, resolveLink: (href: string) => href };
  const rendered = renderMarkdown('<script>x</script>\n\n[a](javascript:x)', context).html.html;
  expect(rendered).not.toContain('<script');
  expect(rendered).not.toContain('href="javascript');
});

describe('highlighted code', () => {
  const samples = ['bash', 'yaml', 'json', 'diff'].map((language) => ({
    language,
    code: SAMPLES[language] ?? '',
  }));

  test('has the text of the code, byte for byte, and at least 4.5:1 in both schemes', async () => {
    const highlighter = await openHighlighter(join(tmpdir(), 'no-such-cache.json'), samples);
    for (const { code, language } of samples) {
      const text = highlighter.highlight(code, language).html.replace(/<[^>]+>/g, '');
      expect(
        text
          .replaceAll('&quot;', '"')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&'),
      ).toBe(code);
    }
    const [light, dark] = groundOf('code');
    const pairs = Object.values(highlighter.palette());
    expect(pairs.length).toBeGreaterThan(4);
    for (const { light: onLight, dark: onDark } of pairs) {
      expect(contrast(onLight, light), onLight).toBeGreaterThanOrEqual(4.5);
      expect(contrast(onDark, dark), onDark).toBeGreaterThanOrEqual(4.5);
    }
  });
});

const SAMPLES: Readonly<Record<string, string>> = {
  bash: 'export A="${B:-c}"\nfor x in $(ls | grep -v "^a"); do echo \'<&>\' "$x" >>f; done # end\nif [[ $a == 1 ]]; then exit 2; fi\n',
  yaml: 'a: &x 1\nb: [true, "c", null] # d\n- e: |\n    f\n',
  json: '{"a": [1, true, null, "b\\n"]}\n',
  diff: '--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n c\n',
};
