/**
 * Tells Markdown that is none of our business from a chapter whose front matter went wrong: what is left out of a folder
 * without a word must hold nothing that its author meant to be run.
 */
import type { LineMap } from '../text/position.ts';
import { namesRole } from './lost-fences.ts';
import type { Reporter } from './report.ts';
import type { SourcePart } from './scan.ts';

const BEGINNING = 'begin the file with `---`, `mtx: {}`, `---`';

/** Reports that the file is no chapter, and says whether it looks as if it were meant to be one. */
export function reportNoChapter(
  nearMiss: string | undefined,
  parts: readonly SourcePart[],
  reporter: Reporter,
): boolean {
  const { lines } = reporter;
  const say = (line: number, hint: string): void => {
    const start = lines.startOf(line);
    reporter.error(
      'not-a-chapter',
      { start, end: start },
      'this file has no `mtx:` in its front matter',
      hint,
    );
  };
  const shifted = findShifted(parts, lines);
  const marked = parts.find((part) => (part.kind === 'fence' ? namesRole(part.info) : isMark(part)));
  if (nearMiss !== undefined) say(1, `did you mean \`mtx\` by \`${nearMiss}\`?`);
  else if (shifted !== undefined)
    say(shifted, 'move this `---` to line 1: nothing may stand above the front matter');
  else if (marked === undefined) say(1, BEGINNING);
  else say(1, `line ${lineOf(marked, lines)} gives a fence a role: ${BEGINNING}`);
  return nearMiss !== undefined || shifted !== undefined || marked !== undefined;
}

function isMark(part: SourcePart): boolean {
  return part.kind === 'comment' && part.above;
}

function lineOf(part: SourcePart, lines: LineMap): number {
  if (part.kind === 'heading') return 1;
  return part.kind === 'fence' ? part.span.start.line : lines.positionAt(part.range.start).line;
}

/** The line of a `---` that opens front matter with `mtx:`, but not at the top, and in no fence. */
function findShifted(parts: readonly SourcePart[], lines: LineMap): number | undefined {
  const inFence = new Set(parts.flatMap((part) => (part.kind === 'fence' ? part.bodyLines : [])));
  let opened: number | undefined;
  for (let line = 1; line <= lines.lineCount; line += 1) {
    if (inFence.has(line)) opened = undefined;
    else if (/^\s*---[ \t]*$/.test(lines.textOf(line))) opened = line;
    else if (opened !== undefined && /^\s*mtx[ \t]*:/.test(lines.textOf(line))) return opened;
  }
  return undefined;
}
