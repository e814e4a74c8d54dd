/** However much a block prints, its report stays small and says what is missing. */
import { describe, expect, it } from 'vitest';
import { boundOutput, boundText, boundVerdict } from '../../../runner/report/bound.ts';
import { renderJson } from '../../../runner/report/render-json.ts';
import { summarise } from '../../../runner/report/summarise.ts';
import { contextOf, resultOf, runOf } from '../../support/report.ts';

describe('boundText', () => {
  it('keeps head and tail and counts bytes between them', () => {
    expect(boundText('aaaaéébbbb', 4, 4)).toEqual({
      text: 'aaaa\n… 4 bytes omitted …\nbbbb',
      omittedBytes: 4,
    });
  });

  it('leaves short texts alone and never cuts a surrogate pair', () => {
    expect(boundText('short', 4, 4)).toEqual({ text: 'short', omittedBytes: 0 });
    expect(boundText('abc😀def😀ghi', 4, 4).text.isWellFormed()).toBe(true);
  });
});

describe('boundOutput', () => {
  it('keeps streams apart or together, as they were captured', () => {
    const apart = { stdout: 'a', stderr: 'b', omittedBytes: 3 };
    expect(boundOutput(apart)).toEqual(apart);
    const together = { stdout: '', stderr: '', both: 'ba', omittedBytes: 0 };
    expect(boundOutput(together)).toEqual(together);
    const long = boundOutput({ ...together, both: 'x'.repeat(20_000) });
    expect(long.omittedBytes).toBe(20_000 - 12_288 - 4_096);
  });

  it('keeps the colours of a text that it keeps whole', () => {
    const output = { stdout: 'a', stderr: 'b'.repeat(20_000), omittedBytes: 0 };
    const coloured = { stdout: '\u001b[31ma', stderr: `\u001b[31m${output.stderr}` };
    expect(boundOutput({ ...output, coloured }).coloured).toEqual({ stdout: coloured.stdout });
    const many = { stdout: '\u001b[31m'.repeat(20_000) };
    expect(boundOutput({ ...output, coloured: many })).not.toHaveProperty('coloured');
  });

  it('keeps what merged streams printed', () => {
    expect(boundOutput({ stdout: '', stderr: '', both: 'ba', omittedBytes: 0 }).both).toBe('ba');
  });
});

describe('boundVerdict', () => {
  it('keeps what may vary, up to a bound, and drops captures', () => {
    const part = { line: 0, start: 0, end: 2, reason: 'AGE' };
    const held = { kind: 'held', captures: { id: '1' }, varying: [part] } as const;
    expect(boundVerdict(held)).toEqual({ kind: 'held', varying: [part] });
    const passedOver = [{ from: 1, to: 3 }];
    expect(boundVerdict({ ...held, passedOver })).toEqual({ kind: 'held', varying: [part], passedOver });
    const many = boundVerdict({ ...held, varying: Array.from({ length: 2_000 }, () => part) });
    expect(many.kind === 'held' ? many.varying.length : 0).toBe(1_000);
  });

  it('bounds the width of rows with their marks, and the whole diff', () => {
    const marks = [
      { start: 1, end: 500, reason: 'cut' },
      { start: 450, end: 500, reason: 'gone' },
    ];
    const rows = Array.from({ length: 200 }, () => ({
      kind: 'actual' as const,
      text: 'x'.repeat(1_000),
      marks,
    }));
    const verdict = boundVerdict({ kind: 'differs', reason: 'r', diff: rows });
    const diff = verdict.kind === 'differs' ? verdict.diff : [];
    expect(diff[0]?.text).toBe(`${'x'.repeat(400)} … 600 characters more`);
    expect(diff[0]?.marks).toEqual([{ start: 1, end: 400, reason: 'cut' }]);
    expect(diff.at(-1)).toEqual({ kind: 'note', text: `${200 - diff.length + 1} more lines are not shown` });
  });
});

it('a block that prints one line of megabytes gives a report below 64 kB', () => {
  const line = 'x'.repeat(2_000_000);
  const output = { stdout: line, stderr: line, omittedBytes: 58_000_000 };
  const report = summarise(runOf('a.md', resultOf('big', 1, { output })), contextOf('a.md'));
  expect(renderJson(report).length).toBeLessThan(64_000);
  expect(report.chapters[0]?.blocks[0]?.output?.omittedBytes).toBeGreaterThan(58_000_000);
});
