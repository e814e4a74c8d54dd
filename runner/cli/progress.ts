/** Shows a run while it goes on: live lines on a terminal, otherwise one plain line per block. */
import type { Clock } from '../execution/execution-options.ts';
import type { ExecutionEvent } from '../execution/execution.ts';
import { neutraliseCommands } from '../report/neutralise.ts';
import { renderBlockDetails, renderBlockLine, renderChapterLine } from '../report/render-block.ts';
import type { Report, ReportBlock, ReportChapter } from '../report/report.ts';
import type { Host } from './host.ts';
import { openLiveLines, type LiveLines } from './live-lines.ts';
import type { Display } from './run-output.ts';

export interface Progress {
  /** Shows an event; `report` already holds it. */
  show(event: ExecutionEvent, report: Report): void;
  /** Shows a line that is no part of the report. */
  note(line: string): void;
  close(): void;
}

/** Opens the display of one run. */
export function openProgress(display: Display, host: Host, clock: Clock): Progress {
  const { progress: stream, style, format } = display;
  const live = stream.isTTY ? openLiveLines(stream, clock, style) : undefined;
  const write = (lines: readonly string[], elsewhere = stream): void => {
    if (lines.length === 0) return;
    const text = `${lines.join('\n')}\n`;
    const safe = format === 'github' ? neutraliseCommands(text) : text;
    if (live === undefined) elsewhere.write(safe);
    else live.write(safe);
  };
  return {
    show: (event, report) => {
      if (live !== undefined) updateLive(live, event);
      if (display.detail !== 'silent') write(renderEvent(event, report, display));
    },
    note: (line) => write([line], host.stderr),
    close: () => live?.close(),
  };
}

function updateLive(live: LiveLines, event: ExecutionEvent): void {
  if (event.kind === 'block-started') live.start(event.chain, `${event.chapter} #${event.block}`);
  if (event.kind === 'block-finished') live.stop(event.chain);
  if (event.kind === 'block-retried') {
    live.relabel(event.chain, `${event.chapter} #${event.block} (try ${event.tries})`);
  }
}

/** On a terminal a chapter's line stands for its blocks, unless they failed; elsewhere each block has its line. */
function renderEvent(event: ExecutionEvent, report: Report, display: Display): readonly string[] {
  const { style, detail, progress: stream } = display;
  if (event.kind === 'chain-finished' && event.kept !== undefined) return [`kept ${event.kept}`];
  if (event.kind !== 'block-finished' && event.kind !== 'chapter-finished') return [];
  const chapter = report.chapters.find(({ chain, id }) => chain === event.chain && id === event.chapter);
  if (chapter === undefined) return [];
  if (event.kind === 'chapter-finished') return stream.isTTY ? [renderChapterLine(chapter, style)] : [];
  const block = chapter.blocks.at(-1);
  if (block === undefined || (stream.isTTY && detail === 'normal' && block.status !== 'failed')) return [];
  return renderBlock(chapter, block, display);
}

function renderBlock(
  chapter: ReportChapter,
  block: ReportBlock,
  { style, detail }: Display,
): readonly string[] {
  const line = renderBlockLine(chapter.file, block, style);
  return detail === 'verbose' ? [line, ...renderBlockDetails(block, style)] : [line];
}
