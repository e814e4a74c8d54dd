/** Rewriting a chapter's source: parsing it again gives what was meant, and no other byte has changed. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExpectBlock } from '../../../runner/chapter/chapter.ts';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import { rewriteChapter } from '../../../runner/chapter/rewrite.ts';

const HEAD = '---\nmtx: {}\n---\n';

function expectations(source: string): readonly ExpectBlock[] {
  const { chapter, problems } = parseChapter('a.md', source);
  expect(problems).toEqual([]);
  return chapter.blocks.flatMap((block) => (block.kind === 'run' ? block.expectations : []));
}

function promote(source: string, text: string): string {
  const blocks = expectations(HEAD + source);
  const { source: after, refused } = rewriteChapter(
    'a.md',
    HEAD + source,
    blocks.map((block) => ({ block, text })),
  );
  expect(refused).toEqual([]);
  return after.slice(HEAD.length);
}

const run = '```bash {.run}\ntrue\n```\n';

const cases: readonly [string, string, string, string][] = [
  ['a line', `${run}\`\`\`text {.expect}\nold\n\`\`\`\n`, 'new', `${run}\`\`\`text {.expect}\nnew\n\`\`\`\n`],
  [
    'an empty fence',
    `${run}\`\`\`text {.expect}\n\`\`\`\n`,
    'new',
    `${run}\`\`\`text {.expect}\nnew\n\`\`\`\n`,
  ],
  ['nothing left', `${run}\`\`\`text {.expect}\nold\n\`\`\`\n`, '', `${run}\`\`\`text {.expect}\n\`\`\`\n`],
  [
    'no final newline',
    `${run}\`\`\`text {.expect}\nold\n\`\`\``,
    'a\nb',
    `${run}\`\`\`text {.expect}\na\nb\n\`\`\``,
  ],
  [
    'a fence in the output',
    `${run}~~~text {.expect}\nx\n~~~\n`,
    '~~~\ny',
    `${run}~~~~text {.expect}\n~~~\ny\n~~~~\n`,
  ],
  [
    'backticks between tildes',
    `${run}~~~text {.expect}\nx\n~~~\n`,
    '```',
    `${run}~~~text {.expect}\n\`\`\`\n~~~\n`,
  ],
  [
    'a quote in a list',
    '1. > ```bash {.run}\n   > true\n   > ```\n   >\n   > ```text {.expect}\n   >one\n   > two\n   > ```\n',
    'one\n  deep\n\nend',
    '1. > ```bash {.run}\n   > true\n   > ```\n   >\n   > ```text {.expect}\n   >one\n   >   deep\n   >\n   > end\n   > ```\n',
  ],
  [
    'an indented fence with lines that are not',
    `${run}  \`\`\`text {.expect}\none\n  two\n  \`\`\`\n`,
    ' blank\ntwo',
    `${run}  \`\`\`text {.expect}\n   blank\n  two\n  \`\`\`\n`,
  ],
  [
    'a transcript',
    '```console {.run}\n$ a\none\n$ b\n> c\ntwo\nthree\n```\n',
    'one\n1b\n2\nthree',
    '```console {.run}\n$ a\none\n$ b\n> c\n1b\n2\nthree\n```\n',
  ],
];

describe('rewriteChapter', () => {
  it.each(cases)('%s', (_name, before, text, after) => {
    expect(promote(before, text)).toBe(after);
  });

  it.each(cases)('keeps CRLF: %s', (_name, before, text, after) => {
    const [crlfBefore, crlfAfter] = [before, after].map((one) => (HEAD + one).replaceAll('\n', '\r\n'));
    const source = crlfBefore ?? '';
    const changes = expectations(source).map((block) => ({ block, text }));
    expect(rewriteChapter('a.md', source, changes).source).toBe(crlfAfter);
  });

  it('refuses a transcript whose output would be read as a command, and makes the other changes', () => {
    const source = `${HEAD}\`\`\`console {.run}\n$ a\nold\n\`\`\`\n\n${run}\`\`\`text {.expect}\nx\n\`\`\`\n`;
    const changes = expectations(source).map((block, index) => ({ block, text: index === 0 ? '$ b' : 'y' }));
    const { source: after, refused } = rewriteChapter('a.md', source, changes);
    expect(refused).toEqual([changes[0]]);
    expect(after).toBe(source.replace('x\n', 'y\n'));
  });
});

const content = fc.array(
  fc.constantFrom(
    'a',
    ' b',
    '\tc',
    '',
    '```',
    '~~~~',
    '> q',
    '- l',
    '  ',
    '# h',
    '<!-- mtx: .run -->',
    '    deep',
  ),
  { maxLength: 6 },
);
const container = fc.constantFrom(
  ['', ''],
  ['> ', '> '],
  ['- ', '  '],
  ['1) > ', '   > '],
  ['- - ', '    '],
  ['   ', '   '],
);

describe('rewriting', () => {
  it('arrives as it was meant in any container, and back again gives the same bytes', () => {
    fc.assert(
      fc.property(
        container,
        content,
        content,
        fc.constantFrom('\n', '\r\n'),
        ([first, rest], old, fresh, eol) => {
          const body = ['````text {.expect}', ...old.filter((line) => !line.startsWith('````')), '````'];
          const lines = [
            `${first}\`\`\`bash {.run}`,
            ...['true', '```', '', ...body].map((line) => rest + line),
          ];
          const source = HEAD.replaceAll('\n', eol) + lines.join(eol) + eol;
          const [block] = expectations(source);
          if (block === undefined) throw new Error('there is no expectation');
          expect(rewriteChapter('a.md', source, [{ block, text: block.expectation.text }]).source).toBe(
            source,
          );
          const text = fresh.join('\n');
          const { source: after, refused } = rewriteChapter('a.md', source, [{ block, text }]);
          if (refused.length > 0) return expect(after).toBe(source);
          expect(expectations(after)[0]?.expectation.text).toBe(text);
        },
      ),
      { numRuns: 400 },
    );
  });
});
