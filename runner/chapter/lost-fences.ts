/**
 * Finds what an author meant as a fence with a role and Markdown does not take for one: a fence that is not closed and swallows
 * what follows, and lines that show an opening fence but open none. Left alone they would be checks that never run.
 */
import { parseInfoString } from './info-string.ts';
import type { Reporter, SourceRange } from './report.ts';
import { roleOf } from './roles.ts';
import type { SourceFence, SourcePart } from './scan.ts';

/** A line that looks like an opening fence: what stands before its marker, the marker, what follows. */
const OPENING = /^(\s*(?:(?:>|[-*+]|\d{1,9}[.)])\s*)*)(`{2,}|~{2,})(.*)$/;

/** Reports unclosed fences, and lines from `firstLine` on that name a role and open no fence. */
export function reportLostFences(parts: readonly SourcePart[], firstLine: number, reporter: Reporter): void {
  const { lines } = reporter;
  const fences = parts.filter((part) => part.kind === 'fence');
  for (const fence of fences) if (!fence.isClosed) reportUnclosed(fence, reporter);
  const around = new Map(fences.flatMap((fence) => fence.bodyLines.map((line) => [line, fence] as const)));
  const opening = new Set(fences.map(({ span }) => span.start.line));
  for (let line = firstLine; line <= lines.lineCount; line += 1) {
    const [, before = '', marker = '', info = ''] = OPENING.exec(lines.textOf(line)) ?? [];
    if (opening.has(line) || !namesRole(info) || isCodeSpan(marker, info)) continue;
    const fence = around.get(line);
    if (fence !== undefined && isExample(fence, marker)) continue;
    const start = lines.startOf(line) + before.length;
    reportLost({ start, end: start + marker.length + info.length }, fence, reporter);
  }
}

/** Whether braces of this info string name a role. */
export function namesRole(info: string): boolean {
  return (
    parseInfoString(info).attributes?.some(
      ({ kind, name }) => kind === 'class' && roleOf(name) !== undefined,
    ) ?? false
  );
}

/** An example stands in a fence that its own marker could not close; what an unclosed fence swallowed is told once. */
function isExample({ marker: outer, isClosed }: SourceFence, marker: string): boolean {
  return !isClosed || outer[0] !== marker[0] || outer.length > marker.length;
}

/** Prose may begin with code that shows a fence. */
function isCodeSpan(marker: string, info: string): boolean {
  return marker.startsWith('`') && [...info.matchAll(/`+/g)].some(([run]) => run === marker);
}

function reportUnclosed({ span, marker }: SourceFence, reporter: Reporter): void {
  const start = span.start.offset;
  reporter.error(
    'unclosed-fence',
    { start, end: start + marker.length },
    'this fence is not closed: it takes in all that follows',
    `end it with ${marker} alone on a line`,
  );
}

function reportLost(range: SourceRange, fence: SourceFence | undefined, reporter: Reporter): void {
  if (fence !== undefined) {
    const message = `this line opens no fence: it stands inside the one that line ${fence.span.start.line} opens`;
    reporter.error('lost-fence', range, message, 'close that fence first, or give it a longer marker');
    return;
  }
  reporter.error(
    'lost-fence',
    range,
    'this line opens no fence, so its role counts for nothing',
    'a fence needs three or more ` or ~, a blank line after HTML, less than four columns of indentation, and no ` after its marker',
  );
}
