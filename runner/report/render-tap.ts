/** TAP version 14: a subtest per chapter, a test point per block, details as a YAML block. */
import { describeFailure, listTroubles } from './failures.ts';
import type { Report, ReportBlock, ReportChapter } from './report.ts';

/** A complete TAP document. */
export function renderTap(report: Report): string {
  const chapters = report.chapters.flatMap((chapter, index) => renderChapter(chapter, index + 1));
  const extra = [
    ...listTroubles(report),
    ...(report.outcome === 'empty' ? ['nothing was checked'] : []),
    ...(report.outcome === 'interrupted' ? ['interrupted'] : []),
  ];
  const points = extra.map(
    (text, index) => `not ok ${report.chapters.length + index + 1} - ${describe(text)}`,
  );
  const lines = ['TAP version 14', ...chapters, ...points, `1..${report.chapters.length + extra.length}`];
  return `${lines.join('\n')}\n`;
}

function renderChapter(chapter: ReportChapter, number: number): readonly string[] {
  const blocks = chapter.blocks.flatMap((block, index) => renderBlock(block, index + 1));
  const name = describe(chapter.file);
  if (chapter.status === 'not-run') {
    return [`ok ${number} - ${name} # SKIP ${describe(chapter.reason ?? 'not run')}`];
  }
  return [
    `# Subtest: ${name}`,
    ...[...blocks, `1..${chapter.blocks.length}`].map((line) => `    ${line}`),
    `${chapter.status === 'failed' ? 'not ok' : 'ok'} ${number} - ${name}`,
  ];
}

function renderBlock(block: ReportBlock, number: number): readonly string[] {
  const name = describe([...block.headings, block.id].join(' › '));
  switch (block.status) {
    case 'passed':
      return [`ok ${number} - ${name}`];
    case 'skipped':
      return [`ok ${number} - ${name} # SKIP ${describe(block.reason ?? '')}`.trimEnd()];
    case 'failed':
      return [`not ok ${number} - ${name}`, ...renderDetails(block)];
  }
}

/** JSON strings are YAML, so no output can break out of the block. */
function renderDetails(block: ReportBlock): readonly string[] {
  const details = {
    message: describeFailure(block.failure),
    line: block.failure?.line ?? block.line,
    command: block.command,
    exit: block.exit,
    duration_ms: block.durationMs,
    tries: block.tries,
    ...(block.output?.both === undefined
      ? { stdout: block.output?.stdout, stderr: block.output?.stderr }
      : { output: block.output.both }),
  };
  const lines = Object.entries(details).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${JSON.stringify(value)}`],
  );
  return ['---', ...lines, '...'].map((line) => `  ${line}`);
}

/** A description on one line; TAP 14 wants `\` and `#` escaped. */
function describe(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('#', String.raw`\#`);
}
