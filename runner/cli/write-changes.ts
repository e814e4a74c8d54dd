/** Shows a chapter's changes as a diff and makes them. What stays as it is is named with its reason. */
import type { Chapter } from '../chapter/chapter.ts';
import { rewriteChapter, type Change } from '../chapter/rewrite.ts';
import { neutraliseCommands } from '../report/neutralise.ts';
import type { Role, Style } from '../report/style.ts';
import { renderUnifiedDiff } from '../text/unified-diff.ts';
import { replaceSource } from './chapter-file.ts';
import type { Host } from './host.ts';
import type { Refusal } from './promote-chapter.ts';

/** How many expectations were (or would be) changed, and how many differ and were left. */
export interface Outcome {
  changed: number;
  left: number;
}

interface Target {
  readonly chapter: Chapter;
  readonly source: string;
  readonly changes: readonly Change[];
  readonly refusals: readonly Refusal[];
}

/** Makes the changes (none if `dry`) and counts them. `show`: print the diff, which a review has shown already. */
export function writeChanges(
  { chapter, source, changes, refusals }: Target,
  { dry, show }: { readonly dry: boolean; readonly show: boolean },
  outcome: Outcome,
  host: Host,
  style: Style,
): void {
  const { file } = chapter;
  const rewritten = rewriteChapter(file, source, changes);
  const unfit = rewritten.refused.map(({ block }) => ({
    line: block.span.start.line,
    reason: 'no fence can hold this output without changing what the page means',
  }));
  if (show) {
    const diff = renderChanges(file, source, rewritten.source, style);
    host.stdout.write(host.env['GITHUB_ACTIONS'] === 'true' ? neutraliseCommands(diff) : diff);
  }
  let left: readonly Refusal[] = [...refusals, ...unfit];
  if (dry || rewritten.source === source || replaceSource(host.cwd, file, source, rewritten.source)) {
    outcome.changed += changes.length - unfit.length;
  } else {
    left = changes.map(({ block }) => ({
      line: block.span.start.line,
      reason: 'the file was changed while the chapter ran: promote again',
    }));
  }
  outcome.left += left.length;
  for (const { line, reason } of left) {
    host.stderr.write(`${style('warn', 'left')} ${file}:${line}: ${reason}\n`);
  }
}

/** The diff of a file, coloured; '' where there is none. */
export function renderChanges(file: string, before: string, after: string, style: Style): string {
  const lines = renderUnifiedDiff(file, before, after);
  return lines.map((line) => `${style(roleOf(line), line)}\n`).join('');
}

function roleOf(line: string): Role {
  if (line.startsWith('---') || line.startsWith('+++')) return 'strong';
  if (line.startsWith('@@') || line.startsWith('\\')) return 'dim';
  return line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'dim';
}
