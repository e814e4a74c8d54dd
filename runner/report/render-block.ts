/** Lines about blocks and chapters that have just ended: what a log shows while a run goes on. */
import { describeFailure } from './failures.ts';
import { renderCount, renderDuration } from './render-duration.ts';
import { indentLines, renderCommand, splitLines } from './render-lines.ts';
import type { ReportBlock, ReportChapter } from './report.ts';
import type { Role, Style } from './style.ts';

const BLOCK_WORDS: Readonly<Record<ReportBlock['status'], readonly [Role, string]>> = {
  passed: ['good', 'ok  '],
  failed: ['bad', 'FAIL'],
  skipped: ['warn', 'skip'],
};

/** "ok   tutorial/01.md:12 #deploy (1.2 s)"; a failure has its reason too. */
export function renderBlockLine(file: string, block: ReportBlock, style: Style): string {
  const [role, word] = BLOCK_WORDS[block.status];
  const left = (block.skippedExpectations ?? []).map(({ line, reason }) => `line ${line} skipped: ${reason}`);
  const took = [renderDuration(block.durationMs), ...left].join(', ');
  const detail = block.status === 'skipped' ? (block.reason ?? '') : took;
  const reason = block.status === 'failed' ? `: ${describeFailure(block.failure)}` : '';
  return `${style(role, word)} ${file}:${block.line} #${block.id} ${style('dim', `(${detail})`)}${reason}`;
}

/** The command and what it printed, indented. */
export function renderBlockDetails(block: ReportBlock, style: Style): readonly string[] {
  const { stdout = '', stderr = '', both = '' } = block.output ?? {};
  return [
    ...renderCommand(block.command).map((line) => `     ${style('dim', line)}`),
    ...indentText(`${both}${stdout}`),
    ...(stdout.trim() === '' || stderr.trim() === '' ? [] : [`     ${style('dim', 'stderr:')}`]),
    ...indentText(stderr),
  ];
}

function indentText(text: string): readonly string[] {
  return text.trim() === '' ? [] : indentLines(splitLines(text), 5);
}

const CHAPTER_WORDS: Readonly<Record<ReportChapter['status'], readonly [Role, string]>> = {
  passed: ['good', 'ok  '],
  failed: ['bad', 'FAIL'],
  'not-run': ['warn', 'skip'],
};

/** "ok   tutorial/01.md (12 blocks, 3.2 s)". */
export function renderChapterLine(chapter: ReportChapter, style: Style): string {
  const [role, word] = CHAPTER_WORDS[chapter.status];
  const done = `${renderCount(chapter.blocks.length, 'block')}, ${renderDuration(chapter.durationMs)}`;
  const detail = chapter.status === 'not-run' ? (chapter.reason ?? 'not run') : done;
  return `${style(role, word)} ${chapter.file} ${style('dim', `(${detail})`)}`;
}
