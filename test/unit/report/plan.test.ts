/** The plan's two views: what will run, what will not and why, and whether a world is opened. */
import { describe, expect, it } from 'vitest';
import type { BlockId, RunBlock, SkipBlock } from '../../../runner/chapter/chapter.ts';
import type { Plan } from '../../../runner/plan/plan.ts';
import { renderPlanJson, renderPlanTable } from '../../../runner/report/render-plan.ts';
import { plain } from '../../../runner/report/style.ts';
import { chapterOf } from '../../support/report.ts';

const at = (line: number) => ({ line, column: 1, offset: 0 });

function baseOf(id: string, line: number) {
  const span = { start: at(line), end: at(line + 2) };
  return { id: id as BlockId, span, bodySpan: span, language: 'bash', body: '', bodyLines: [], headings: [] };
}

const run: RunBlock = {
  ...baseOf('deploy', 9),
  kind: 'run',
  timeoutMs: 60_000,
  retry: false,
  expectations: [],
};
const skip: SkipBlock = { ...baseOf('browse', 20), kind: 'skip', reason: 'a browser' };

const plan: Plan = {
  chains: [
    {
      id: 'b.md',
      needsWorld: true,
      chapters: [
        { chapter: chapterOf('a.md', 'A'), requested: false, steps: [{ block: run, timeoutMs: 5_000 }] },
        {
          chapter: chapterOf('b.md', 'B'),
          requested: true,
          steps: [
            { block: skip, timeoutMs: 0 },
            { block: run, timeoutMs: 60_000, skip: 'after --until' },
          ],
        },
      ],
    },
  ],
};
const world = { cluster: 'emulator', hub: 'embedded' };

describe('plan', () => {
  it('as a table', () => {
    expect(renderPlanTable(plan, world, plain).split('\n')).toEqual([
      'b.md (cluster emulator, hub embedded)',
      '  a.md:9   run   #deploy  at most 5.0 s, needed',
      '  b.md:20  skip  #browse  skipped: a browser',
      '  b.md:9   run   #deploy  skipped: after --until',
      '',
      '1 chain, 2 chapters, 1 block to run, 2 skipped',
      '',
    ]);
  });

  it('as JSON', () => {
    expect(JSON.parse(renderPlanJson(plan, world))).toMatchObject({
      version: 1,
      chains: [
        {
          id: 'b.md',
          world,
          chapters: [
            { file: 'a.md', requested: false, blocks: [{ id: 'deploy', timeoutMs: 5_000, skip: null }] },
            { file: 'b.md', requested: true, blocks: [{ skip: 'a browser' }, { skip: 'after --until' }] },
          ],
        },
      ],
    });
  });
});
