/** What may be called verified, and what must not. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { describeWork } from '../../../runner/chapter/describe-work.ts';
import { parseChapter } from '../../../runner/chapter/parse.ts';
import type { Report, ReportBlock, ReportChapter } from '../../../runner/report/report.ts';
import { describeVerified, listUnverified } from '../../../site/recording/list-unverified.ts';
import { recordCourse } from '../../../site/recording/record-course.ts';
import type { Course } from '../../../site/site.ts';
import { holdAll, reportOf } from '../../support/site-corpus.ts';

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

const [one] = parseChapter('a.md', SOURCE).chapter.blocks;
if (one?.kind !== 'run') throw new Error('the page has a command');
const expected = one.expectations.map(({ id }) => id);

const run: ReportBlock = {
  id: one.id,
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
  expectations: holdAll(one),
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

const ELSEWHERE = SOURCE.replace('{.expect}', '{.expect only=containers}');
const leftOut = expected.map((block) => ({ block, line: 10, reason: 'needs a world with containers' }));
const unchecked: ReportBlock = { ...run, expectations: [], skippedExpectations: leftOut };
const { output: _output, ...silent } = run;
const differs: ReportBlock = {
  ...run,
  expectations: run.expectations.map((each) => ({
    ...each,
    verdict: { kind: 'differs', reason: '`ho` is not `hi`', diff: [] },
  })),
};

/** What a run leaves out, and why it says that it did. */
const skipped = (reason: string): ReportBlock => {
  const { exit: _exit, output: _output, ...rest } = run;
  return { ...rest, status: 'skipped', reason, tries: 0, expectations: [] };
};
const NOWHERE = SOURCE.replace('#one}', '#one only=containers}');

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
      ELSEWHERE,
      report({ digest: digestOf(ELSEWHERE), blocks: [unchecked] }),
      'verified',
      'partly',
    ],
    [
      'outdated also where an expectation was left out',
      ELSEWHERE.replace('\nhi\n', '\nho\n'),
      report({ blocks: [unchecked] }),
      'outdated',
      'outdated',
    ],
    ['failed when it was not run', SOURCE, report({ status: 'not-run', blocks: [] }), 'failed', 'missing'],
    ['missing without a report', SOURCE, undefined, 'missing', 'missing'],
    [
      'missing when nothing of it could be run in that world',
      NOWHERE,
      report({ digest: digestOf(NOWHERE), blocks: [skipped('needs a world with containers')] }),
      'missing',
      'skipped',
    ],
    [
      'missing when the run was asked for a part of it',
      SOURCE,
      report({ blocks: [skipped('comes after --until zero')] }),
      'missing',
      'missing',
    ],
    [
      'missing when it needs containers and was left out for something else',
      NOWHERE,
      report({ digest: digestOf(NOWHERE), blocks: [skipped('comes after --until zero')] }),
      'missing',
      'missing',
    ],
    ['missing when its output is', SOURCE, report({ blocks: [silent] }), 'missing', 'missing'],
    [
      'missing when the verdict of a check is',
      SOURCE,
      report({ blocks: [{ ...run, expectations: [] }] }),
      'missing',
      'missing',
    ],
    [
      'missing when a check was left out that every world can make',
      SOURCE,
      report({ blocks: [unchecked] }),
      'missing',
      'missing',
    ],
    ['failed when a check differs', SOURCE, report({ blocks: [differs] }), 'failed', 'failed'],
    [
      'failed when one of two results of a block is',
      SOURCE,
      report({ blocks: [failed, run] }),
      'failed',
      'failed',
    ],
    [
      'failed when the whole run is said to be, and nothing says why',
      SOURCE,
      changed((all) => ({ ...all, outcome: 'failed' })),
      'failed',
      'verified',
    ],
    [
      'missing when the whole run is said to be empty',
      SOURCE,
      changed((all) => ({ ...all, outcome: 'empty' })),
      'missing',
      'verified',
    ],
    [
      'missing when the report has no chain of its',
      SOURCE,
      changed((all) => ({ ...all, chains: [] })),
      'missing',
      'verified',
    ],
    [
      'missing when the chain has no world',
      SOURCE,
      changed((all) => ({ ...all, chains: [{ id: 'c', leaks: [] }] })),
      'missing',
      'verified',
    ],
  ] as const)('%s', (_name, source, given, status, block) => {
    const recorded = recordCourse(courseOf(source), given);
    const [lesson] = recorded.lessons;
    expect(lesson?.status).toBe(status);
    expect([...(lesson?.blocks.values() ?? [])].map((each) => each.status)).toEqual([block, 'skipped']);
    expect(listUnverified(recorded).length === 0).toBe(status === 'verified');
  });

  const passed = report().chapters;
  const broken = report({ requested: false, status: 'failed', blocks: [failed] }).chapters;
  test.each([
    ['passed and failed', [...passed, ...broken], 'failed'],
    ['failed and passed', [...broken, ...passed], 'failed'],
    ['passed twice', [...passed, ...passed], 'verified'],
  ])('as good as the worst of its executions: %s', (_name, chapters, status) => {
    expect(recordCourse(courseOf(SOURCE), reportOf(chapters)).lessons[0]?.status).toBe(status);
  });

  test('verified although another one failed in the same run', () => {
    const id = 'b.md' as ReportChapter['id'];
    const other = broken.map((chapter) => ({ ...chapter, id, file: id }));
    const given: Report = { ...reportOf([...passed, ...other]), outcome: 'failed' };
    expect(recordCourse(courseOf(SOURCE), given).lessons[0]?.status).toBe('verified');
  });
});

describe('the commands that were verified are counted', () => {
  const two = (only: string): string => `${NOWHERE}\n\`\`\`bash {.run #two${only}}\necho ho\n\`\`\`\n`;
  const second: ReportBlock = {
    ...run,
    id: 'two' as ReportBlock['id'],
    command: 'echo ho\n',
    expectations: [],
  };
  const first = skipped('needs a world with containers');
  test.each([
    ['all', SOURCE, [run], '1 of 1 commands verified'],
    [
      'without what no such world can run',
      two(''),
      [first, second],
      '1 of 2 commands verified, 1 skipped: needs a world with containers',
    ],
    [
      'without what was checked in part',
      ELSEWHERE,
      [unchecked],
      '0 of 1 commands verified, 1 checked in part: needs a world with containers',
    ],
    ['none of a page that is not', SOURCE, [{ ...run, expectations: [] }], '0 of 1 commands verified'],
  ])('%s', (_name, source, blocks, said) => {
    const recorded = recordCourse(courseOf(source), report({ digest: digestOf(source), blocks }));
    expect(describeVerified(recorded)).toBe(said);
  });
});
