/** Lessons made up from a seed, with a report as a run would have written it: what budgets and times are measured on. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Block } from '../../runner/chapter/chapter.ts';
import { describeWork } from '../../runner/chapter/describe-work.ts';
import { parseChapter } from '../../runner/chapter/parse.ts';
import type { VaryingPart } from '../../runner/expectation/expectation.ts';
import type { Report, ReportBlock, ReportChapter, ReportExpectation } from '../../runner/report/report.ts';

const WORDS =
  'space unit worker target hub cluster revision upstream clone region base label namespace replica service command output check live head apply change link filter prefix trade price order market rollout condition function deployment desired state writes reads keeps shows names follows resolves upgrades promotes the a its every each one other same that and with from into for before after until'.split(
    ' ',
  );
const SECTIONS = 10;
const WORDS_A_SECTION = 126;
const AT = '2026-01-02T03:04:05.000Z';

/** Writes `count` lessons of about 1,420 words and ten commands to `folder/tutorial`, and `folder/report.json`. */
export function writeCorpus(folder: string, count: number): void {
  mkdirSync(join(folder, 'tutorial'), { recursive: true });
  const chapters = Array.from({ length: count }, (_, index) => {
    const name = `${String(index + 1).padStart(2, '0')}-lesson-${index + 1}.md`;
    const source = writeLesson(index);
    writeFileSync(join(folder, 'tutorial', name), source);
    return recordLesson(`tutorial/${name}`, source);
  });
  writeFileSync(join(folder, 'report.json'), JSON.stringify(reportOf(chapters)));
}

function openRandom(seed: number): (below: number) => number {
  let state = seed * 2654435761 + 12345;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function writeLesson(index: number): string {
  const random = openRandom(index + 1);
  const word = (): string => WORDS[random(WORDS.length)] ?? '';
  const sentences = (count: number): string =>
    Array.from(
      { length: Math.ceil(count / 14) },
      () => `${Array.from({ length: 14 }, word).join(' ')}.`,
    ).join(' ');
  const sections = Array.from({ length: SECTIONS }, (_, at) => {
    const unit = `unit-${index}-${at}`;
    return `## ${at + 1}. ${word()} ${word()} ${word()}

${sentences(WORDS_A_SECTION)}

\`\`\`bash {.run #step-${at}}
cub unit ${word()} "$PREFIX-${unit}" --space "$PREFIX-${word()}" \\
  --${word()}-${word()} ${word()} --output-jq '.[].${word()}'
\`\`\`

\`\`\`text {.expect match=elide}
Successfully created unit ${unit} (<<_:uuid>>)
\`\`\`
`;
  });
  return `---\ntitle: The ${word()} of ${word()} ${index + 1}\nsummary: ${sentences(14)}\nmtx: {}\n---\n\n# Lesson ${index + 1}\n\n${sections.join('\n')}`;
}

function recordLesson(file: string, source: string): ReportChapter {
  const { chapter } = parseChapter(file, source);
  const blocks = chapter.blocks.map((block): ReportBlock => {
    const stdout = `Successfully created unit ${block.id} (${uuidOf(file + block.id)})\n`;
    const start = stdout.indexOf('(') + 1;
    const varying = [{ line: 0, start, end: start + 36, reason: 'any uuid' }];
    return {
      id: block.id,
      kind: block.kind,
      line: block.span.start.line,
      headings: block.headings,
      command: block.body,
      status: 'passed',
      exit: 0,
      startedAt: AT,
      durationMs: 120,
      tries: 1,
      waitedMs: 0,
      output: { stdout, stderr: '', omittedBytes: 0 },
      expectations: holdAll(block, varying),
    };
  });
  const digest = createHash('sha256').update(describeWork(chapter)).digest('hex');
  const { id, title } = chapter;
  return {
    chain: 'c',
    id,
    file,
    title,
    digest,
    requested: true,
    status: 'passed',
    startedAt: AT,
    durationMs: 1200,
    blocks,
    collected: [],
  };
}

/** A verdict for each of its checks: all held. */
export function holdAll(block: Block, varying: readonly VaryingPart[] = []): readonly ReportExpectation[] {
  if (block.kind !== 'run') return [];
  return block.expectations.map(({ id, span }) => ({
    block: id,
    line: span.start.line,
    stream: 'stdout',
    verdict: { kind: 'held', varying },
  }));
}

function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-9${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A whole report of chapters that passed. */
export function reportOf(chapters: readonly ReportChapter[]): Report {
  const blocks = chapters.reduce((sum, chapter) => sum + chapter.blocks.length, 0);
  return {
    version: 1,
    tool: '0.1.0',
    commit: 'a'.repeat(40),
    date: AT,
    durationMs: 1200 * chapters.length,
    finished: true,
    outcome: 'passed',
    totals: {
      chapters: chapters.length,
      chaptersFailed: 0,
      chaptersNotRun: 0,
      blocks,
      expectations: blocks,
      passed: blocks,
      failed: 0,
      skipped: 0,
      skips: [],
    },
    chains: [
      {
        id: 'c',
        leaks: [],
        world: {
          hub: 'embedded',
          cluster: 'emulator',
          simulated: true,
          versions: { cub: '0.1.0', kubectl: 'v1.34.4', server: 'v1.34.0' },
        },
      },
    ],
    chapters,
  };
}
