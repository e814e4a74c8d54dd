/** The report as a Markdown page: the step summary of GitHub, where annotations have no room. */
import { listFailures, listTroubles, rerunCommand, type FailedBlock } from './failures.ts';
import { renderDiff } from './render-diff.ts';
import { renderDuration } from './render-duration.ts';
import { closingLine, countSkipped } from './render-terminal.ts';
import { renderWorlds } from './render-world.ts';
import type { Report, ReportChapter } from './report.ts';
import { plain } from './style.ts';

/** GitHub drops a step summary of more than 1 MiB; this many failures with bounded diffs stay below it. */
const MAX_DETAILS = 20;

const STATUS_WORDS: Readonly<Record<ReportChapter['status'], string>> = {
  passed: '✅ passed',
  failed: '❌ failed',
  'not-run': '⏭️ not run',
};

/** A Markdown document. */
export function renderMarkdown(report: Report): string {
  const failures = listFailures(report);
  const hidden = failures.length - MAX_DETAILS;
  return [
    '## mtx-doc',
    '',
    `**${closingLine(report.totals)}** in ${renderDuration(report.durationMs)}`,
    '',
    ...renderWorlds(report.chains.map((chain) => chain.world)).map((world) => `- ${escapeInline(world)}`),
    ...report.totals.skips.map((skip) => `- ${countSkipped(skip)} skipped: ${escapeInline(skip.reason)}`),
    ...listTroubles(report).map((trouble) => `- ❌ ${escapeInline(trouble)}`),
    '',
    ...renderChapters(report.chapters),
    ...failures.slice(0, MAX_DETAILS).flatMap(renderDetails),
    ...(hidden > 0 ? [`${hidden} more failures are in the log.`, ''] : []),
  ].join('\n');
}

function renderChapters(chapters: readonly ReportChapter[]): readonly string[] {
  if (chapters.length === 0) return [];
  const rows = chapters.map((chapter) => {
    const status = STATUS_WORDS[chapter.status] + (chapter.reason === undefined ? '' : `: ${chapter.reason}`);
    const cells = [escapeInline(chapter.file), escapeInline(status), String(chapter.blocks.length)];
    return `| ${cells.join(' | ')} | ${renderDuration(chapter.durationMs)} |`;
  });
  return ['| chapter | result | blocks | time |', '| --- | --- | ---: | ---: |', ...rows, ''];
}

function renderDetails({ chapter, block, line, reason }: FailedBlock): readonly string[] {
  const diffs = block.expectations.flatMap(({ verdict }) =>
    verdict.kind === 'held' ? [] : renderFence('diff', renderDiff(verdict.diff, plain).join('\n')),
  );
  const stderr = block.output?.stderr ?? '';
  return [
    `### ${escapeInline(`${chapter.file}:${line} #${block.id}`)}`,
    '',
    escapeInline([...block.headings, reason].join(' › ')),
    '',
    ...renderFence('bash', block.command),
    ...diffs,
    ...(stderr.trim() === '' ? [] : renderFence('text', stderr)),
    `Run it again: \`${rerunCommand(chapter, block)}\``,
    '',
  ];
}

/** A fence longer than any run of backticks in the text. */
function renderFence(language: string, text: string): readonly string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, text.replace(/\n+$/, ''), fence, ''];
}

function escapeInline(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>#|~&]/g, String.raw`\$&`).replaceAll(/\s*\n\s*/g, ' ');
}
