/** What may be called verified, and what must not. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { describeWork } from '../../../runner/chapter/describe-work.ts';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import type { Report, ReportBlock, ReportChapter } from '../../../runner/report/report.ts';
import { listUnverified, recordCourse } from '../../../site/recording/record-course.ts';
import type { Course } from '../../../site/site.ts';
import { reportOf } from '../../support/site-corpus.ts';

const SOURCE = `---
mtx: {}
---
# Page

\`\`\`bash {.run #one}
echo hi
\`\`\`

\`\`\`text {.expect}
hi
\`\`\`

\`\`\`bash {.skip reason="needs a licence"}
buy
\`\`\`
`;

const digestOf = (source: string): string =>
  createHash('sha256')
    .update(describeWork(parseChapter('a.md', source).chapter))
    .digest('hex');

function courseOf(source: string): Course {
  const { chapter } = parseChapter('a.md', source);
  const lesson = {
    file: 'a.md',
    source,
    path: 'a',
    chapter,
    digest: digestOf(source),
    title: 'Page',
    minutesToRead: 1,
  };
  return { title: 'T', lessons: [lesson] };
}

const run: ReportBlock = {
  id: parseChapter('a.md', SOURCE).chapter.blocks[0]?.id ?? ('' as ReportBlock['id']),
  kind: 'run',
  line: 6,
  headings: ['Page'],
  command: 'echo hi\n',
  status: 'passed',
  startedAt: '2026-01-02T03:04:05.000Z',
  durationMs: 3,
  tries: 1,
  waitedMs: 0,
  output: { stdout: 'hi\n', stderr: '', omittedBytes: 0 },
  expectations: [],
};

function report(change: Partial<ReportChapter> = {}): Report {
  const { id } = parseChapter('a.md', SOURCE).chapter;
  return reportOf([
    {
      chain: 'c',
      id,
      file: 'a.md',
      title: 'Page',
      digest: digestOf(SOURCE),
      requested: true,
      status: 'passed',
      durationMs: 3,
      blocks: [run],
      collected: [],
      ...change,
    },
  ]);
}

const failed: ReportBlock = {
  ...run,
  status: 'failed',
  failure: { kind: 'exit', line: 6, command: 'echo hi', status: 1, expected: 0 },
};

const unchecked: ReportBlock = {
  ...run,
  skippedExpectations: [{ block: run.id, line: 10, reason: 'needs a world with containers' }],
};

function changed(change: (all: Report) => Report): Report {
  return change(report());
}

describe('a page is', () => {
  test.each([
    ['verified when all of it ran as it stands', SOURCE, report(), 'verified', 'verified'],
    [
      'verified when only prose changed',
      SOURCE.replace('# Page', '# Page\n\nMore words.'),
      report(),
      'verified',
      'verified',
    ],
    [
      'outdated when an expectation changed',
      SOURCE.replace('\nhi\n', '\nho\n'),
      report(),
      'outdated',
      'outdated',
    ],
    [
      'outdated when a command changed, and that has no recording',
      SOURCE.replace('echo hi', 'echo ho'),
      report(),
      'outdated',
      'missing',
    ],
    [
      'outdated when the report has no hash',
      SOURCE,
      report({ digest: 'f'.repeat(64) }),
      'outdated',
      'outdated',
    ],
    [
      'failed when a check failed',
      SOURCE,
      report({ status: 'failed', blocks: [failed] }),
      'failed',
      'failed',
    ],
    [
      'failed when its clean-up left something',
      SOURCE,
      report({ leftovers: [{ what: 'left behind: pod a' }] }),
      'failed',
      'verified',
    ],
    [
      'failed when its run left a process or a file',
      SOURCE,
      changed((all) => ({ ...all, chains: all.chains.map((chain) => ({ ...chain, leaks: ['process 7'] })) })),
      'failed',
      'verified',
    ],
    [
      'failed when the run never came to its end',
      SOURCE,
      changed((all) => ({ ...all, finished: false })),
      'failed',
      'verified',
    ],
    [
      'verified, and the block partly, when the world could not meet an expectation',
      SOURCE,
      report({ blocks: [unchecked] }),
      'verified',
      'partly',
    ],
    [
      'outdated also where an expectation was left out',
      SOURCE.replace('\nhi\n', '\nho\n'),
      report({ blocks: [unchecked] }),
      'outdated',
      'outdated',
    ],
    ['failed when it was not run', SOURCE, report({ status: 'not-run', blocks: [] }), 'failed', 'missing'],
    ['missing without a report', SOURCE, undefined, 'missing', 'missing'],
  ] as const)('%s', (_name, source, given, status, block) => {
    const recorded = recordCourse(courseOf(source), given);
    const [lesson] = recorded.lessons;
    expect(lesson?.status).toBe(status);
    expect([...(lesson?.blocks.values() ?? [])].map((each) => each.status)).toEqual([block, 'skipped']);
    expect(listUnverified(recorded).length === 0).toBe(status === 'verified');
  });

  test('verified by the execution that was asked for, not by one that another chapter needed', () => {
    const [asked] = report().chapters;
    const [needed] = report({ requested: false, status: 'failed', blocks: [failed] }).chapters;
    if (asked === undefined || needed === undefined) throw new Error('a report has its chapter');
    expect(recordCourse(courseOf(SOURCE), reportOf([needed, asked])).lessons[0]?.status).toBe('verified');
  });
});
