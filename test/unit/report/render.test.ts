/** Every view of the same failed run, against text that was written by hand. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  renderBlockDetails,
  renderBlockLine,
  renderChapterLine,
} from '../../../runner/report/render-block.ts';
import { renderAnnotations } from '../../../runner/report/render-github.ts';
import { renderJson } from '../../../runner/report/render-json.ts';
import { renderJunit } from '../../../runner/report/render-junit.ts';
import { renderMarkdown } from '../../../runner/report/render-markdown.ts';
import { renderTap } from '../../../runner/report/render-tap.ts';
import { closingLine, renderTerminal } from '../../../runner/report/render-terminal.ts';
import { renderWorld } from '../../../runner/report/render-world.ts';
import { plain, type Style } from '../../../runner/report/style.ts';
import { summarise } from '../../../runner/report/summarise.ts';
import type { WorldInfo } from '../../../runner/world/world.ts';
import { contextOf, failedRun, resultOf, runOf, skipped, world } from '../../support/report.ts';

const report = summarise(failedRun, contextOf('a.md', 'b.md'));
const tagged: Style = (role, text) => `<${role}>${text}</${role}>`;

const views = {
  terminal: renderTerminal(report, plain),
  tap: renderTap(report),
  github: renderAnnotations(report),
  junit: renderJunit(report),
  markdown: renderMarkdown(report),
};

describe('a failed run', () => {
  it.each(Object.entries(views))('as %s', (name, text) => {
    const file = new URL(`../../fixtures/report/${name}.txt`, import.meta.url);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('as json', () => {
    expect(JSON.parse(renderJson(report))).toEqual(report);
  });

  it('in colour shows the same characters', () => {
    expect(renderTerminal(report, tagged).replaceAll(/<\/?[a-z]+>/g, '')).toBe(views.terminal);
    expect(renderTerminal(report, tagged)).toContain('<removed>- b-x1   Running   12s</removed>');
  });
});

describe('closing line', () => {
  it.each([
    [runOf('a.md', resultOf('x', 1)), '1 passed, 0 failed'],
    [runOf('a.md', resultOf('x', 1), skipped), '1 passed, 0 failed, 1 skipped'],
    [runOf('a.md', resultOf('x', 1, { status: 'failed' })), '0 passed, 1 failed'],
  ])('%#', (events, line) => {
    const report = summarise(events, contextOf('a.md'));
    expect(closingLine(report.totals)).toBe(line);
    expect(renderTerminal(report, plain).endsWith(`\n${line}\n`)).toBe(true);
  });
});

it('an expectation that was left out is counted, and named with its reason', () => {
  const reason = 'needs a world with containers';
  const block = resultOf('x', 1, {
    skippedExpectations: [{ block: resultOf('y', 2).block, line: 3, reason }],
  });
  const left = summarise(runOf('a.md', block), contextOf('a.md'));
  const text = renderTerminal(left, plain);
  expect(text).toContain(`skipped 1 expectation: ${reason}\n`);
  expect(text.endsWith('\n1 passed, 0 failed, 1 skipped\n')).toBe(true);
  expect(renderMarkdown(left)).toContain(`- 1 expectation skipped: ${reason}\n`);
  const [first] = left.chapters[0]?.blocks ?? [];
  const line = `ok   a.md:1 #x (12 ms, line 3 skipped: ${reason})`;
  expect(first === undefined ? '' : renderBlockLine('a.md', first, plain)).toBe(line);
});

describe('block line', () => {
  const block = (index: number) => report.chapters[0]?.blocks[index];
  it.each([
    [0, 'ok   a.md:12 #first (12 ms)'],
    [2, 'FAIL a.md:60 #apply (12 ms): exit status 3, not 0: cub unit apply demo'],
    [3, 'skip a.md:70 #later (needs a browser)'],
  ])('of block %i', (index, line) => {
    const found = block(index);
    expect(found === undefined ? '' : renderBlockLine('a.md', found, plain)).toBe(line);
  });
});

it('block details are the command and its output', () => {
  const [, pods] = report.chapters[0]?.blocks ?? [];
  expect(pods === undefined ? [] : renderBlockDetails(pods, plain)).toEqual([
    '     $ kubectl get pods \\',
    '     >   -n demo',
    '     NAME   STATUS   AGE',
    '     stderr:',
    '     Warning: old',
  ]);
});

it('output that was captured together is shown in every view', () => {
  const both = resultOf('both', 9, {
    status: 'failed',
    failure: { kind: 'timeout', line: 9, afterMs: 50 },
    output: { stdout: '', stderr: '', both: 'out-1\nerr-2\n', omittedBytes: 0 },
  });
  const together = summarise(runOf('a.md', both), contextOf('a.md'));
  expect(renderTerminal(together, plain)).toContain('  stdout and stderr:\n    out-1\n    err-2\n');
  expect(renderTap(together)).toContain('output: "out-1\\nerr-2\\n"');
  expect(renderJunit(together)).toMatch(/<system-out>[^<]*out-1\nerr-2/);
  const [block] = together.chapters[0]?.blocks ?? [];
  expect(block === undefined ? [] : renderBlockDetails(block, plain).slice(-2)).toEqual([
    '     out-1',
    '     err-2',
  ]);
});

it.each([
  [0, 'FAIL a.md (4 blocks, 1 min 31 s)'],
  [1, 'ok   b.md (1 block, 20 ms)'],
])('chapter line %i', (index, line) => {
  const chapter = report.chapters[index];
  expect(chapter === undefined ? '' : renderChapterLine(chapter, plain)).toBe(line);
});

const worlds: readonly [WorldInfo, string][] = [
  [world, 'simulated cluster (Kubernetes 1.34 emulator), embedded hub, kubectl 1.34.4, cub 0.1.0'],
  [
    { ...world, versions: { cub: 'embedded', kubectl: 'v1.34.4', server: 'v1.34.4' } },
    'simulated cluster (Kubernetes 1.34.4 emulator), embedded hub, kubectl 1.34.4, cub embedded',
  ],
  [{ hub: 'none', cluster: 'none', versions: {}, simulated: false }, 'no cluster, no hub'],
  [
    {
      hub: 'remote',
      hubName: 'https://hub.test',
      cluster: 'context',
      clusterName: 'kind-mtx',
      versions: { server: '1.33' },
      simulated: false,
    },
    'cluster (Kubernetes 1.33, context kind-mtx), hub https://hub.test',
  ],
  [
    { hub: 'embedded', cluster: 'control-plane', versions: { server: '1.34.4' }, simulated: true },
    'simulated cluster (Kubernetes 1.34.4, real control plane, simulated nodes), embedded hub',
  ],
];

it.each(worlds)('world %#', (info, line) => {
  expect(renderWorld(info)).toBe(line);
});
