/** What is not verified says so wherever it is shown: on its card, its page, the overview, in what machines read. */
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeWork } from '../../../runner/chapter/describe-work.ts';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import type { Report, ReportBlock } from '../../../runner/report/report.ts';
import { planSite } from '../../../site/plan-site.ts';
import { recordCourse } from '../../../site/recording/record-course.ts';
import { openHighlighter } from '../../../site/render/highlight.ts';
import { reportOf } from '../../support/site-corpus.ts';

const SOURCE = `---
title: A page
summary: A summary.
mtx: {}
---
# A page

\`\`\`bash {.run #one}
echo hi
\`\`\`

\`\`\`text {.expect}
hi
\`\`\`
`;
const { chapter } = parseChapter('tutorial/01-a.md', SOURCE);
const digest = createHash('sha256').update(describeWork(chapter)).digest('hex');
const lesson = { file: 'tutorial/01-a.md', source: SOURCE, path: '01-a', chapter, digest };
const course = { title: 'Course', lessons: [{ ...lesson, number: 1, title: 'A page', minutesToRead: 1 }] };

function report(change: Partial<ReportBlock>, digest: string): Report {
  const blocks = chapter.blocks.map((block): ReportBlock => ({
    id: block.id,
    kind: 'run',
    line: block.span.start.line,
    headings: block.headings,
    command: block.body,
    status: 'passed',
    exit: 0,
    startedAt: '2026-01-02T03:04:05.000Z',
    durationMs: 9,
    tries: 1,
    waitedMs: 0,
    output: { stdout: 'hi\n', stderr: '', omittedBytes: 0 },
    expectations: [],
    ...change,
  }));
  const status = blocks.some((block) => block.status === 'failed') ? 'failed' : 'passed';
  const { id, file, title } = chapter;
  const common = { chain: 'c', requested: true, durationMs: 9, collected: [] };
  return reportOf([{ ...common, id, file, title, digest, status, blocks }]);
}

/** Each file's text with one blank for any. */
async function render(given: Report | undefined): Promise<(path: string) => string> {
  const highlighter = await openHighlighter(join(tmpdir(), 'no-such-cache.json'), []);
  const site = { name: 'Site', recorded: recordCourse(course, given), highlighter, style: '' };
  const files = planSite(site, { siteScript: '', searchScript: '', style: '', icon: '' });
  return (path) =>
    files
      .find((file) => file.path === path)
      ?.render()
      .replace(/\s+/g, ' ') ?? '';
}

const left = { block: chapter.blocks[0]?.id ?? ('' as ReportBlock['id']), line: 11, reason: 'needs a cloud' };
const broke = { kind: 'exit', line: 8, command: 'echo hi', status: 1, expected: 0 } as const;

describe('a page that is verified', () => {
  test('says so, and no doubt', async () => {
    const text = await render(report({}, digest));
    expect(text('01-a.html')).toContain('<div class="card verified"');
    expect(text('01-a.html')).toContain('>Checked: exactly this text.<');
    expect(text('01-a.html')).not.toContain('class="notice"');
    expect(text('index.html')).toContain('class="state verified"');
    expect(text('llms.txt')).not.toContain('not verified');
    expect(text('01-a.md')).toContain('Recorded output (verified, took 9 ms):');
  });

  test.each([
    ['a check was left out', { skippedExpectations: [left] }, 'partly', 'Not all of it was checked here'],
    [
      'a block was not run here',
      { status: 'skipped', reason: 'needs a cloud' } as const,
      'skipped',
      'Not run here',
    ],
  ])('names what it does not vouch for: %s', async (_name, change, status, words) => {
    const text = await render(report(change, digest));
    const page = text('01-a.html');
    expect(page).toContain(`<div class="card ${status}"`);
    expect(page).toContain(`<p class="notice">${words}: needs a cloud.</p>`);
    for (const path of ['01-a.html', 'index.md', 'verification.md'])
      expect(text(path), path).toContain('Except one block of 1, marked below: needs a cloud.');
    expect(page).not.toContain('>Checked');
  });
});

describe('a page that is not verified', () => {
  test.each([
    ['no report', undefined, 'missing', 'No recording', 'Not verified'],
    [
      'another command',
      report({ command: 'echo ho\n' }, 'f'.repeat(64)),
      'missing',
      'No recording',
      'Changed since it was verified',
    ],
    [
      'an old recording',
      report({}, 'f'.repeat(64)),
      'outdated',
      'Recorded before the page changed',
      'Changed since it was verified',
    ],
    [
      'a failed block',
      report({ status: 'failed', failure: broke }, digest),
      'failed',
      'Failed when last run',
      'Failed when last run',
    ],
  ] as const)('%s', async (_name, given, status, words, badge) => {
    const text = await render(given);
    const page = text('01-a.html');
    expect(page).toContain(`<div class="card ${status}"`);
    expect(page).toContain(`<p class="notice">${words}`);
    expect(page).toContain(`<strong>${badge}</strong>`);
    expect(page).not.toMatch(/(?:card|badge|state) verified|>Checked/);
    expect(text('index.html')).not.toContain('class="state verified"');
    expect(text('verification.html')).toContain(`<span class="state ${status}">`);
    expect(text('llms.txt')).toContain('(not verified: ');
    expect(text('01-a.md')).toContain('<!-- not verified');
    expect(text('01-a.md')).not.toContain('(verified, took');
  });

  test('what was printed and not kept is not said to be nothing', async () => {
    const { output: _output, ...rest } = report({}, digest).chapters[0]?.blocks[0] ?? {};
    const given = reportOf(
      report({}, digest).chapters.map((each) => ({ ...each, blocks: [rest as ReportBlock] })),
    );
    const page = (await render(given))('01-a.html');
    expect(page).toContain('What it printed was not recorded.');
    expect(page).not.toContain('Prints nothing');
  });
});
