/**
 * A lesson as Markdown with its recorded outputs, for machine readers. It is the chapter itself, in which a plain fence
 * is put after what is expected: so it parses back to the same commands and the same checks.
 */
import type { Block } from '../../runner/chapter/chapter.ts';
import { renderDuration } from '../../runner/report/render-duration.ts';
import type { ReportBlock } from '../../runner/report/report.ts';
import type { LessonRecording } from '../site.ts';

/** The text of the twin. */
export function renderTwin({ lesson, blocks, status, reasons }: LessonRecording): string {
  let text = lesson.source;
  for (const block of lesson.chapter.blocks.toReversed()) {
    const recording = blocks.get(block.id);
    if (recording?.run === undefined || recording.status === 'missing') continue;
    const insertion = renderRecording(recording.run, recording.status);
    if (insertion === undefined) continue;
    const last = lastSpan(block);
    const indent = lesson.source
      .slice(last.start.offset - last.start.column + 1, last.start.offset)
      .replace(/[^>\s]/g, ' ');
    const lines = insertion.split('\n').map((line) => (line === '' ? indent.trimEnd() : indent + line));
    text = `${text.slice(0, last.end.offset)}\n${indent.trimEnd()}\n${lines.join('\n')}${text.slice(last.end.offset)}`;
  }
  const note = status === 'verified' ? [] : [`<!-- ${[`not verified`, ...reasons].join(': ')} -->`, ''];
  return `${text.trimEnd()}\n${note.length === 0 ? '' : `\n${note.join('\n')}`}`;
}

function lastSpan(block: Block): Block['span'] {
  return block.kind === 'run' ? (block.expectations.at(-1)?.span ?? block.span) : block.span;
}

function renderRecording(run: ReportBlock, status: string): string | undefined {
  const { output } = run;
  if (output === undefined) return undefined;
  const texts = [output.both ?? '', output.stdout, output.stderr].filter((text) => text !== '');
  if (texts.length === 0) return undefined;
  const facts = [
    status,
    `took ${renderDuration(run.durationMs)}`,
    ...(run.exit ? [`exit status ${run.exit}`] : []),
  ];
  return texts.map((text) => `Recorded output (${facts.join(', ')}):\n\n${fence(text)}`).join('\n\n');
}

function fence(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}text\n${text.replace(/\n?$/, '\n')}${marks}`;
}
