/** `<details>` of a chapter: folds, tabs, and that what is in them is run like everything else. */
import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import { splitStates } from '../../../site/page/split-states.ts';
import { html } from '../../../site/render/html.ts';
import { renderMarkdown } from '../../../site/render/render-markdown.ts';

const details = (label: string, text: string, open = ''): string =>
  `<details${open}>\n<summary>${label}</summary>\n\n${text}\n\n</details>\n`;
const render = (text: string): string =>
  renderMarkdown(text, {
    firstLine: 1,
    renderFence: (line, { body }) => html`<pre>${line}: ${body}</pre>`,
    resolveLink: (href) => href,
  }).html.html;
/** Opening tags of details with their summaries. */
const startsOf = (text: string): readonly string[] =>
  [...render(text).matchAll(/(<div class="tabs">\n)?<details([^>]*)><summary>([^<]*)/g)].map(
    ([, row = '', attributes, label]) => `${row === '' ? '' : 'row '}${label}:${attributes}`,
  );

describe('details are', () => {
  test.each([
    ['a fold alone', details('a', 'x'), ['a: class="more"']],
    ['open if they say so', details('a', 'x', ' open'), ['a: class="more" open']],
    [
      'tabs in a row, the first open',
      details('a', 'x') + details('b', 'y'),
      ['row a: class="tab" name="tabs-1" open', 'b: class="tab" name="tabs-1"'],
    ],
    [
      'tabs with blank lines between, one open',
      `${details('a', 'x')}\n${details('b', 'y', ' open')}`,
      ['row a: class="tab" name="tabs-1"', 'b: class="tab" name="tabs-1" open'],
    ],
    [
      'two rows with a text between',
      `${details('a', 'x')}${details('b', 'y')}\ntext\n\n<!-- a note -->\n\n${details('c', 'z')}\n${details('d', 'z')}`,
      [
        'row a: class="tab" name="tabs-1" open',
        'b: class="tab" name="tabs-1"',
        'row c: class="tab" name="tabs-2" open',
        'd: class="tab" name="tabs-2"',
      ],
    ],
  ])('%s', (_name, text, starts) => {
    expect(startsOf(text)).toEqual(starts);
    const rendered = render(text);
    for (const tag of ['details', 'div', 'summary'])
      expect(rendered.split(`</${tag}>`).length, tag).toBe(rendered.split(`<${tag}`).length);
  });

  test.each([
    ['without an end', '<details>\n<summary>a</summary>\n\nx\n'],
    ['with markup in the summary', details('<b onclick="x">a</b>', 'x')],
    ['with an attribute', details('a', 'x').replace('<details>', '<details onclick="x">')],
    ['within others', details('a', details('b', 'x'))],
  ])('text %s', (_name, text) => {
    const rendered = render(text);
    expect(rendered).not.toMatch(/<details|<b /);
    expect(rendered).toContain('&lt;details');
  });
});

test('comments are not shown, neither between blocks nor in a line', () => {
  expect(render('a <!-- b --> c\n\n<!-- mtx: .run -->\n```sh\nd\n```\n')).toBe(
    '<p>a  c</p>\n<pre>4: d\n</pre>',
  );
});

test('what is in tabs is run in its order, and shown at its line', () => {
  const fence = (name: string): string => `\`\`\`bash {.run #${name}}\necho ${name}\n\`\`\``;
  const text = `# A\n\n${fence('one')}\n\n${details('a', fence('two'))}${details('b', fence('three'))}\n${fence('four')}\n`;
  const { chapter, problems } = parseChapter('a.md', `---\nmtx: {}\n---\n${text}`);
  expect(problems).toEqual([]);
  expect(chapter.blocks.map(({ id }) => id)).toEqual(['one', 'two', 'three', 'four']);
  const lines = [...render(text).matchAll(/<pre>(\d+): /g)].map(([, line]) => Number(line) + 3);
  expect(lines).toEqual(chapter.blocks.map(({ span }) => span.start.line));
});

test('the overview gives each lesson what there is after it, at its line', () => {
  const text = '# T\n\nlead\n\n## A\n\nx\n\n### After [One](01.md)\n\nstate\n\n### More\n\ny\n';
  const { lead, rest, states } = splitStates({ text, firstLine: 3 }, { file: 'tutorial/README.md' });
  expect(lead).toEqual({ text: '# T\n\nlead\n', firstLine: 3 });
  expect([...states]).toEqual([['tutorial/01.md', { text: '\nstate\n', firstLine: 12 }]]);
  expect(rest.firstLine).toBe(7);
  expect(rest.text.split('\n').filter((line) => line !== '')).toEqual(['## A', 'x', '### More', 'y']);
});
