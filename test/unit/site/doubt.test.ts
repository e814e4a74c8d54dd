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
import type { Course } from '../../../site/site.ts';
import { holdAll, reportOf } from '../../support/site-corpus.ts';

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

function readCourse(source: string): Course {
  const { chapter } = parseChapter('tutorial/01-a.md', source);
  const digest = createHash('sha256').update(describeWork(chapter)).digest('hex');
  const lesson = { file: 'tutorial/01-a.md', source, path: '01-a', chapter, digest };
  return { title: 'Course', lessons: [{ ...lesson, number: 1, title: 'A page', minutesToRead: 1 }] };
}

const course = readCourse(SOURCE);
const [lesson] = course.lessons;
if (lesson === undefined) throw new Error('the course has its page');
const { chapter, digest } = lesson;

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
    expectations: holdAll(block),
    ...change,
  }));
  const status = blocks.some((block) => block.status === 'failed') ? 'failed' : 'passed';
  const { id, file, title } = chapter;
  const common = { chain: 'c', requested: true, durationMs: 9, collected: [] };
  return reportOf([{ ...common, id, file, title, digest, status, blocks }]);
}

/** Each file's text with one blank for any. */
async function render(given: Report | undefined, of = course): Promise<(path: string) => string> {
  const highlighter = await openHighlighter(join(tmpdir(), 'no-such-cache.json'), []);
  const site = { name: 'Site', recorded: recordCourse(of, given), highlighter, style: '' };
  const files = planSite(site, { siteScript: '', searchScript: '', style: '', icon: '' });
  return (path) =>
    files
      .find((file) => file.path === path)
      ?.render()
      .replace(/\s+/g, ' ') ?? '';
}

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

  const SECOND = '\n```bash {.run #two}\necho ho\n```\n';
  const block = chapter.blocks[0];
  const check = block?.kind === 'run' ? block.expectations[0] : undefined;
  if (check === undefined) throw new Error('the page has its check');
  const reason = 'needs a world with rbac';
  const left = { block: check.id, line: check.span.start.line, reason };
  test.each([
    [
      'a check was left out',
      '.expect',
      { expectations: [], skippedExpectations: [left] },
      'partly',
      'Not all of it was checked here',
    ],
    [
      'a block was not run here',
      '#one',
      { status: 'skipped', reason, expectations: [] } as const,
      'skipped',
      'Not run here',
    ],
  ])('names what it does not vouch for: %s', async (_name, mark, change, status, words) => {
    const elsewhere = readCourse(`${SOURCE.replace(`${mark}}`, `${mark} only=rbac}`)}${SECOND}`);
    const [{ chapter: page, digest: now } = lesson] = elsewhere.lessons;
    const [first] = report(change, now).chapters[0]?.blocks ?? [];
    const [second] = report({ expectations: [] }, now).chapters[0]?.blocks ?? [];
    const two = page.blocks[1];
    if (first === undefined || second === undefined || two === undefined) throw new Error('two blocks');
    const blocks = [first, { ...second, id: two.id, command: two.body }];
    const given = reportOf(report({}, now).chapters.map((each) => ({ ...each, blocks })));
    const rendered = await render(given, elsewhere);
    const text = rendered('01-a.html');
    for (const path of ['index.md', 'verification.md']) {
      expect(rendered(path), path).toContain('Verified except 1 block');
      expect(rendered(path), path).toContain('not verified: needs a world with rbac.');
    }
    expect(text).toContain(`<div class="card ${status}"`);
    expect(text).toContain(`<p class="notice">${words}: needs a world with rbac.</p>`);
    expect(text).toContain('<strong>Verified except 1 block</strong>');
    expect(text).toContain('Marked below, and not verified: needs a world with rbac.');
    expect(text).toContain('"lastReviewed"');
    expect(text).not.toContain('>Checked');
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
      'An old recording: the page has changed since.',
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

  test('nothing of it was run here, and it is not said to have been reviewed', async () => {
    const nowhere = readCourse(SOURCE.replace('#one}', '#one only=rbac}'));
    const change = { status: 'skipped', reason: 'needs a world with rbac', expectations: [] } as const;
    const text = (await render(report(change, nowhere.lessons[0]?.digest ?? ''), nowhere))('01-a.html');
    expect(text).toContain('<strong>Not verified</strong>');
    expect(text).toContain('<p>Nothing of it was checked.</p>');
    expect(text).not.toMatch(/(?:card|badge|state) verified|lastReviewed/);
  });

  test.each([
    ['passed', {}, 'No recording: what it printed was not recorded.'],
    ['failed', { status: 'failed', failure: broke } as const, 'What it printed was not recorded.'],
  ])('what was printed and not kept is not said to be nothing: %s', async (_name, change, said) => {
    const { output: _output, ...rest } = report(change, digest).chapters[0]?.blocks[0] ?? {};
    const given = reportOf(
      report(change, digest).chapters.map((each) => ({ ...each, blocks: [rest as ReportBlock] })),
    );
    const page = (await render(given))('01-a.html');
    expect(page).toContain(said);
    expect(page).not.toMatch(/Prints nothing|(?:card|badge|state) verified|lastReviewed/);
  });
});
