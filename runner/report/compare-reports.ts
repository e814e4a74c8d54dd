/** What changed between two runs of the same chapters. Pure; blocks are known by their chapter's file and their id. */
import { alignLines, boundRows } from '../text/diff.ts';
import type { DiffRow } from '../text/text.ts';
import { describeFailure, listTroubles } from './failures.ts';
import type { Report, ReportBlock, ReportChapter, ReportOutput } from './report.ts';

/** A block, and its line in the later report (in the earlier one where it is gone). */
export interface BlockPlace {
  readonly file: string;
  readonly block: string;
  readonly line: number;
}

export interface Comparison {
  /** Blocks that fail and did not before, new ones among them. */
  readonly newFailures: readonly (BlockPlace & { readonly reason: string })[];
  /** What else went wrong that did not before: leaks, a broken world, a run that was cut short. */
  readonly newTroubles: readonly string[];
  readonly fixed: readonly BlockPlace[];
  /** Blocks that passed and are not executed any more, with the reason. */
  readonly unchecked: readonly (BlockPlace & { readonly reason: string })[];
  readonly slower: readonly (BlockPlace & { readonly beforeMs: number; readonly afterMs: number })[];
  readonly changedOutputs: readonly (BlockPlace & { readonly diff: readonly DiffRow[] })[];
  readonly added: readonly BlockPlace[];
  readonly removed: readonly BlockPlace[];
}

export interface CompareOptions {
  /** A block is slower if it took this many times as long … */
  readonly factor: number;
  /** … and this much longer. */
  readonly thresholdMs: number;
  /** Whether two lines say the same, whatever may differ from run to run. */
  readonly isSame: (before: string, after: string) => boolean;
}

interface Placed {
  readonly chapter: ReportChapter;
  readonly block: ReportBlock;
}

/** Compares an earlier with a later report. */
export function compareReports(before: Report, after: Report, options: CompareOptions): Comparison {
  const [old, fresh] = [listBlocks(before), listBlocks(after)];
  const pairs = [...fresh].flatMap(([key, now]) => {
    const was = old.get(key);
    return was === undefined ? [] : [{ was: was.block, now }];
  });
  const isFailed = ({ status }: ReportBlock): boolean => status === 'failed';
  const added = [...fresh].filter(([key]) => !old.has(key)).map(([, now]) => now);
  const broke = pairs.filter(({ was, now }) => isFailed(now.block) && !isFailed(was)).map(({ now }) => now);
  const passed = pairs.filter(({ was, now }) => was.status === 'passed' && now.block.status === 'passed');
  return {
    newFailures: [...broke, ...added.filter(({ block }) => isFailed(block))].map((now) => ({
      ...placeOf(now),
      reason: describeFailure(now.block.failure),
    })),
    newTroubles: findTroubles(before, after),
    fixed: pairs
      .filter(({ was, now }) => isFailed(was) && now.block.status === 'passed')
      .map(({ now }) => placeOf(now)),
    unchecked: pairs
      .filter(({ was, now }) => was.status === 'passed' && now.block.status === 'skipped')
      .map(({ now }) => ({ ...placeOf(now), reason: now.block.reason ?? 'no reason given' })),
    slower: passed
      .map(({ was, now }) => ({ ...placeOf(now), beforeMs: was.durationMs, afterMs: now.block.durationMs }))
      .filter(({ beforeMs, afterMs }) => isSlower(beforeMs, afterMs, options))
      .toSorted((a, b) => b.afterMs - b.beforeMs - (a.afterMs - a.beforeMs)),
    changedOutputs: passed.flatMap(({ was, now }) => {
      const diff = compareOutputs(was.output, now.block.output, options);
      return diff.length === 0 ? [] : [{ ...placeOf(now), diff }];
    }),
    added: added.map(placeOf),
    removed: [...old].filter(([key]) => !fresh.has(key)).map(([, was]) => placeOf(was)),
  };
}

/** Of a chapter that was executed more than once, the first execution counts. */
function listBlocks({ chapters }: Report): ReadonlyMap<string, Placed> {
  const blocks = new Map<string, Placed>();
  for (const chapter of chapters) {
    for (const block of chapter.blocks) {
      const key = `${chapter.file}\n${block.id}`;
      if (!blocks.has(key)) blocks.set(key, { chapter, block });
    }
  }
  return blocks;
}

function placeOf({ chapter, block }: Placed): BlockPlace {
  return { file: chapter.file, block: block.id, line: block.line };
}

function findTroubles(before: Report, after: Report): readonly string[] {
  const known = new Set(listTroubles(before));
  const ended = after.finished && after.outcome !== 'interrupted';
  const idle = after.chapters.filter(({ file, status }) => {
    return (
      status === 'not-run' && before.chapters.some((one) => one.file === file && one.status !== 'not-run')
    );
  });
  return [
    ...listTroubles(after).filter((trouble) => !known.has(trouble)),
    ...idle.map(({ file, reason }) => `${file} was not run: ${reason ?? 'no reason given'}`),
    ...(ended ? [] : ['the later run did not come to its end']),
  ];
}

function isSlower(beforeMs: number, afterMs: number, { factor, thresholdMs }: CompareOptions): boolean {
  return afterMs >= beforeMs * factor && afterMs - beforeMs >= thresholdMs;
}

/** The rows of a diff; none where the texts say the same. */
function compareOutputs(
  before: ReportOutput | undefined,
  after: ReportOutput | undefined,
  { isSame }: CompareOptions,
): readonly DiffRow[] {
  const rows = (['stdout', 'stderr', 'both'] as const).flatMap((stream): DiffRow[] => {
    const [old, fresh] = [linesOf(before?.[stream]), linesOf(after?.[stream])];
    const pairs = alignLines(old.length, fresh.length, (i, j) => isSame(old[i] ?? '', fresh[j] ?? ''));
    const changed = pairs.some(({ equal }) => !equal);
    const title: DiffRow[] = changed && stream === 'stderr' ? [{ kind: 'note', text: 'stderr:' }] : [];
    const rows = pairs.flatMap(({ expected: i, actual: j, equal }): DiffRow[] => {
      const [text, other] = [old[i ?? -1] ?? '', fresh[j ?? -1] ?? ''];
      if (equal) return [{ kind: 'same', text: other, ...numbers(i, j) }];
      return [
        ...(i === undefined ? [] : [{ kind: 'expected' as const, text, ...numbers(i, undefined) }]),
        ...(j === undefined ? [] : [{ kind: 'actual' as const, text: other, ...numbers(undefined, j) }]),
      ];
    });
    return changed ? [...title, ...rows] : [];
  });
  return boundRows(rows);
}

function numbers(before: number | undefined, after: number | undefined): Partial<DiffRow> {
  return {
    ...(before === undefined ? {} : { expectedLine: before + 1 }),
    ...(after === undefined ? {} : { actualLine: after + 1 }),
  };
}

function linesOf(text = ''): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
