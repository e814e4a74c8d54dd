/** What a page says of how an output was compared. */
import { describe, expect, test } from 'vitest';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import { matchExpectation } from '../../../runner/expectation/match.ts';
import type { ReportBlock } from '../../../runner/report/report.ts';
import { markVarying } from '../../../site/render/mark-varying.ts';
import { readVerdicts, type Comparison } from '../../../site/render/read-verdicts.ts';

const OUTPUT = '{"a": 1,\n"b": 2}\n';

/** A block that printed OUTPUT, with these checks of it: attributes and text. */
function compare(...checks: readonly (readonly [attributes: string, text: string])[]): Comparison {
  const fences = checks.map(([attributes, text]) => `\`\`\`text {.expect ${attributes}}\n${text}\n\`\`\`\n`);
  const source = `---\nmtx: {}\n---\n# A\n\n\`\`\`bash {.run}\nx\n\`\`\`\n\n${fences.join('\n')}`;
  const [block] = parseChapter(
    'a.md',
    source.replaceAll('text {.expect match=subset', 'json {.expect match=subset'),
  ).chapter.blocks;
  if (block?.kind !== 'run') throw new Error('no block');
  const expectations = block.expectations.map(({ id, span, stream, expectation }) => ({
    block: id,
    line: span.start.line,
    stream,
    verdict: matchExpectation(expectation, OUTPUT, {}),
  }));
  return readVerdicts(block, { expectations } as unknown as ReportBlock, 'stdout');
}

describe('lines that no check looked at are marked', () => {
  test.each<[string, readonly (readonly [string, string])[], Comparison['extent'], readonly number[]]>([
    ['all compared', [['match=exact', OUTPUT.trim()]], 'by lines', []],
    ['elided', [['match=elide', '...\n"b": 2}']], 'by lines', [0]],
    ['not asked for', [['match=contains', '"a": 1']], 'by lines', [1]],
    [
      'one by each of two checks',
      [
        ['match=contains', '"a": 1'],
        ['match=elide', '...\n"b": 2}'],
      ],
      'by lines',
      [],
    ],
    ['data', [['match=subset', '{"a": 1}']], 'partly', []],
    ['what must not be there', [['match=absent', 'c']], 'partly', []],
    [
      'lines and data',
      [
        ['match=contains', '"a": 1'],
        ['match=subset', '{"b": 2}'],
      ],
      'by lines',
      [1],
    ],
    ['no check', [], 'not at all', []],
    ['a check that did not hold', [['match=exact', 'c']], 'not at all', []],
    ['a check of the other stream', [['match=exact stream=stderr', OUTPUT.trim()]], 'not at all', []],
  ])('%s', (_name, checks, extent, lines) => {
    const found = compare(...checks);
    expect(found.extent).toBe(extent);
    expect([...found.passedOver]).toEqual(lines);
  });

  test('in the text, blank ones left alone', () => {
    const marks = { varying: [], passedOver: new Set([0, 1]) };
    expect(markVarying('<a>\n\nb', marks).map(({ html }) => html)).toEqual([
      '<span class="free">&lt;a&gt;</span>',
      '',
      'b',
    ]);
  });
});
