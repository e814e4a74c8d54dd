/** Outputs in their commands' colours: the text stays the text, and all of it can be read in both schemes. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contrast, makeReadable } from '../../../site/render/contrast.ts';
import { COLOURED, openHighlighter, type Highlighter } from '../../../site/render/highlight.ts';
import { markVarying } from '../../../site/render/mark-varying.ts';
import { OUTPUT_SCHEMES, type Tint } from '../../../site/render/tint.ts';
import { groundOf } from '../../support/contrast.ts';

const paint = (codes: string, text: string): string => `\u001b[${codes}m${text}\u001b[0m`;
const open = async (code: string): Promise<Highlighter> =>
  await openHighlighter(join(tmpdir(), 'no-such-cache.json'), [{ code, language: COLOURED }]);

/** All that a terminal can be asked for: 16 colours as text and ground, dimmed, reversed, 256 and 16 million. */
const ALL = [
  ...[30, 31, 32, 33, 34, 35, 36, 37, 90, 91, 92, 93, 94, 95, 96, 97].flatMap((code) =>
    [code, `${code};2`, `${code};7`, code + 10, `${code};${code + 10}`].map(String),
  ),
  ...Array.from({ length: 256 }, (_, index) => `38;5;${index}`),
  ...Array.from({ length: 256 }, (_, index) => `48;5;${index}`),
  '38;2;128;128;128;48;2;120;120;120',
];

test('every colour of a terminal has at least 4.5:1 on its ground, in both schemes', async () => {
  const code = ALL.map((codes) => paint(codes, codes)).join('\n');
  const highlighter = await open(code);
  expect(new Set(highlighter.tint(code).map(({ line }) => line)).size).toBeGreaterThan(ALL.length - 3);
  const [light, dark] = OUTPUT_SCHEMES.map(({ grounds }) => grounds);
  for (const ink of Object.values(highlighter.palette())) {
    for (const ground of ink.ground === undefined ? (light ?? []) : [ink.ground[0]])
      expect(contrast(ink.light, ground), JSON.stringify(ink)).toBeGreaterThanOrEqual(4.5);
    for (const ground of ink.ground === undefined ? (dark ?? []) : [ink.ground[1]])
      expect(contrast(ink.dark, ground), JSON.stringify(ink)).toBeGreaterThanOrEqual(4.5);
  }
});

test('the grounds are those of the style sheet', () => {
  const grounds = [groundOf('bg'), groundOf('vary')];
  expect(OUTPUT_SCHEMES.map((scheme) => scheme.grounds)).toEqual(
    [0, 1].map((at) => grounds.map((of) => of[at as 0 | 1])),
  );
});

test.each([
  ['#ff0000', ['#ffffff'], '#e60000'],
  ['#767676', ['#ffffff'], '#767676'],
  ['#777777', ['#777777'], '#060606'],
])('%s on %j becomes %s', (colour, grounds, readable) => {
  expect(makeReadable(colour, grounds)).toBe(readable);
});

test('bold, and a colour over two lines', async () => {
  const code = `a ${paint('1', 'b')}\n\u001b[32mgreen\nstill\u001b[0m not`;
  const tints = (await open(code)).tint(code);
  expect(tints.map(({ line, start, end }) => [line, start, end])).toEqual([
    [0, 2, 3],
    [1, 0, 5],
    [2, 0, 5],
  ]);
  expect(tints[0]?.classes).toBe('bold');
  expect(tints[1]?.classes).toBe(tints[2]?.classes);
});

describe('colours and varying parts', () => {
  const tint = (start: number, end: number): Tint => ({ line: 0, start, end, classes: 'k1' });
  const varying = [{ line: 0, start: 2, end: 4, reason: 'any age' }];
  test.each([
    ['apart', 'abcd<', [tint(0, 1)], '<span class="k1">a</span>b<V>cd</V>&lt;'],
    ['inside', 'abcd', [tint(2, 3)], 'ab<V><span class="k1">c</span>d</V>'],
    [
      'across',
      'abcdef',
      [tint(1, 5)],
      'a<span class="k1">b</span><V><span class="k1">cd</span></V><span class="k1">e</span>f',
    ],
  ])('%s', (_name, text, tints, marked) => {
    const [line] = markVarying(text, { varying, passedOver: new Set() }, tints);
    expect(
      line?.html
        .replace('<span class="vary" title="any age">', '<V>')
        .replace(/<\/span>(?=[^<]*$|<span class="k1">e)/, '</V>'),
    ).toBe(marked);
  });
});
