/**
 * Keeps a report small whatever a block printed: a page shows a screenful, and 60 MB on one line must not become a
 * 60 MB report. Head and tail stay, the middle is counted.
 */
import type { Output } from '../execution/execution.ts';
import type { Verdict } from '../expectation/expectation.ts';
import type { DiffMark, DiffRow } from '../text/text.ts';
import type { ReportOutput, ReportVerdict } from './report.ts';

/** UTF-16 units that are kept of one text. */
const TEXT_HEAD = 12_288;
const TEXT_TAIL = 4_096;
/** Of a coloured text, its colour sequences included. */
const COLOURED_SIZE = 49_152;
const ROW_WIDTH = 400;
const DIFF_SIZE = 16_384;
const VARYING_PARTS = 1_000;

interface Bounded {
  readonly text: string;
  readonly omittedBytes: number;
}

/** Head and tail of a text, and the UTF-8 bytes that are missing between them. */
export function boundText(text: string, head: number = TEXT_HEAD, tail: number = TEXT_TAIL): Bounded {
  if (text.length <= head + tail) return { text, omittedBytes: 0 };
  const first = text.slice(0, wholeCharacters(text, head));
  const last = text.slice(wholeCharacters(text, text.length - tail));
  const omittedBytes = utf8Length(text.slice(first.length, text.length - last.length));
  return { text: `${first}\n… ${omittedBytes} bytes omitted …\n${last}`, omittedBytes };
}

/** Output as the report keeps it. */
export function boundOutput(output: Output): ReportOutput {
  const stdout = boundText(output.stdout);
  const stderr = boundText(output.stderr);
  const cut = { stdout: stdout.text, stderr: stderr.text, ...boundColours(output) };
  const omittedBytes = output.omittedBytes + stdout.omittedBytes + stderr.omittedBytes;
  if (output.both === undefined) return { ...cut, omittedBytes };
  const both = boundText(output.both);
  return { ...cut, both: both.text, omittedBytes: omittedBytes + both.omittedBytes };
}

/** Colours of a text that is kept whole, unless there are more of them than text. */
function boundColours(output: Output): Pick<ReportOutput, 'coloured'> {
  const kept = (['stdout', 'stderr', 'both'] as const).flatMap((stream) => {
    const coloured = output.coloured?.[stream];
    const isWhole = (output[stream] ?? '').length <= TEXT_HEAD + TEXT_TAIL;
    return coloured !== undefined && isWhole && coloured.length <= COLOURED_SIZE
      ? [[stream, coloured] as const]
      : [];
  });
  return kept.length === 0 ? {} : { coloured: Object.fromEntries(kept) };
}

/** A verdict without its captures (they would repeat in every later one), its diff bounded in width and size. */
export function boundVerdict(verdict: Verdict): ReportVerdict {
  switch (verdict.kind) {
    case 'held':
      return {
        kind: 'held',
        varying: verdict.varying.slice(0, VARYING_PARTS),
        ...(verdict.passedOver === undefined
          ? {}
          : { passedOver: verdict.passedOver.slice(0, VARYING_PARTS) }),
      };
    case 'differs':
      return {
        kind: 'differs',
        reason: boundText(verdict.reason, 800, 200).text,
        diff: boundDiff(verdict.diff),
      };
  }
}

function boundDiff(rows: readonly DiffRow[]): readonly DiffRow[] {
  const kept: DiffRow[] = [];
  let size = 0;
  for (const row of rows) {
    const narrow = boundRow(row);
    size += narrow.text.length;
    if (size > DIFF_SIZE) {
      kept.push({ kind: 'note', text: `${rows.length - kept.length} more lines are not shown` });
      break;
    }
    kept.push(narrow);
  }
  return kept;
}

function boundRow(row: DiffRow): DiffRow {
  if (row.text.length <= ROW_WIDTH) return row;
  const end = wholeCharacters(row.text, ROW_WIDTH);
  const text = `${row.text.slice(0, end)} … ${row.text.length - end} characters more`;
  if (row.marks === undefined) return { ...row, text };
  return { ...row, text, marks: row.marks.flatMap((mark) => clipMark(mark, end)) };
}

function clipMark(mark: DiffMark, end: number): readonly DiffMark[] {
  return mark.start < end ? [{ ...mark, end: Math.min(mark.end, end) }] : [];
}

/** `index`, or one less where it would cut a surrogate pair in two. */
function wholeCharacters(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff ? index - 1 : index;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
