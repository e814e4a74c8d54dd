/** One failed block, with all that an author needs to see before opening an editor. */
import { rerunCommand, type FailedBlock } from './failures.ts';
import { renderDiff } from './render-diff.ts';
import { renderCount, renderDuration } from './render-duration.ts';
import { indentLines, renderCommand, splitLines } from './render-lines.ts';
import type { Collected, ReportBlock, ReportExpectation } from './report.ts';
import type { Style } from './style.ts';

/** Lines of output shown: the end of it, where errors stand. */
const OUTPUT_LINES = 30;

/** Lines of text, without indentation of the first. */
export function renderFailure(failure: FailedBlock, style: Style): readonly string[] {
  const { chapter, block, line, reason } = failure;
  return [
    `${style('bad', 'FAIL')} ${style('strong', `${chapter.file}:${line}`)} #${block.id}`,
    ...(block.headings.length === 0 ? [] : [`  ${style('dim', block.headings.join(' › '))}`]),
    ...renderCommand(block.command).map((command) => `  ${command}`),
    ...(isShownBelow(failure) ? [] : [`  ${style('bad', reason)}`]),
    ...block.expectations.flatMap((expectation) => renderExpectation(chapter.file, expectation, style)),
    ...renderOutput(block, style),
    '',
    `  ${style('dim', renderFacts(block))}`,
    `  run it again: ${rerunCommand(chapter, block)}`,
  ];
}

/** What a failed chapter's `collect` commands printed. */
export function renderCollected(collected: readonly Collected[], style: Style): readonly string[] {
  return collected.flatMap(({ command, output }) => [
    '',
    ...renderCommand(command).map((line) => `  ${style('dim', `collected: ${line}`)}`),
    ...indentLines(tail(output), 4),
  ]);
}

/** The diff of an expectation has the same reason above it. */
function isShownBelow({ block, reason }: FailedBlock): boolean {
  return block.expectations.some(({ verdict }) => verdict.kind === 'differs' && verdict.reason === reason);
}

function renderExpectation(file: string, expectation: ReportExpectation, style: Style): readonly string[] {
  if (expectation.verdict.kind === 'held') return [];
  const { reason, diff } = expectation.verdict;
  const where = `${file}:${expectation.line}, ${expectation.stream}:`;
  return ['', `  ${where} ${style('bad', reason)}`, ...renderDiff(diff, style).map((line) => `  ${line}`)];
}

/** The streams that no diff shows. */
function renderOutput(block: ReportBlock, style: Style): readonly string[] {
  if (block.output === undefined) return [];
  const differing = block.expectations.filter(({ verdict }) => verdict.kind === 'differs');
  const shown = new Set(differing.map(({ stream }) => stream));
  const { stdout, stderr, both = '', omittedBytes } = block.output;
  const all = [
    ['stdout', stdout, 'stdout'],
    ['stderr', stderr, 'stderr'],
    ['both', both, 'stdout and stderr'],
  ] as const;
  const streams = all.filter(([name, text]) => text.trim() !== '' && !shown.has(name));
  return [
    ...streams.flatMap(([, text, title]) => [
      '',
      `  ${style('dim', `${title}:`)}`,
      ...indentLines(tail(text), 4),
    ]),
    ...(omittedBytes === 0 ? [] : [`  ${style('dim', `${omittedBytes} bytes of output are not shown`)}`]),
  ];
}

function renderFacts(block: ReportBlock): string {
  const tries = `${renderCount(block.tries, 'try').replace('trys', 'tries')}, waited ${renderDuration(block.waitedMs)}`;
  return [
    ...(block.exit === undefined ? [] : [`exit status ${block.exit}`]),
    renderDuration(block.durationMs),
    ...(block.tries > 1 ? [tries] : []),
  ].join(' · ');
}

function tail(text: string): readonly string[] {
  const lines = splitLines(text);
  const hidden = lines.length - OUTPUT_LINES;
  return hidden <= 0 ? lines : [`… ${renderCount(hidden, 'line')} above`, ...lines.slice(hidden)];
}
