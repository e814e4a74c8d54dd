/** What blocks printed, from a run that has just ended or from the report of one. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Chapter } from '../chapter/chapter.ts';
import type { BlockResult } from '../execution/execution.ts';
import type { Plan } from '../plan/plan.ts';
import type { Report, ReportBlock } from '../report/report.ts';
import { type Observed, resultKey } from './observe-run.ts';
import type { Printed } from './promote-chapter.ts';
import { UsageError } from './usage-error.ts';

/** What the blocks of a chapter printed, by id; nothing where the chapter was not run, because one that it needs failed. */
export type FindPrinted = (chapter: Chapter) => ReadonlyMap<string, Printed>;

/** From a run: of a chapter in several chains, the first execution counts. */
export function printedInRun({ chains }: Plan, { results }: Observed): FindPrinted {
  return (chapter) => {
    const chain = chains.find(({ chapters }) =>
      chapters.some((planned) => planned.chapter.id === chapter.id),
    );
    const entries = chapter.blocks.flatMap(({ id }) => {
      const result = results.get(resultKey(chain?.id ?? '', chapter.id, id));
      return result === undefined ? [] : [[id, result] as const];
    });
    return printedBy(new Map(entries));
  };
}

/** From results by block. */
export function printedBy(results: ReadonlyMap<string, BlockResult>): ReadonlyMap<string, Printed> {
  const entries = [...results].map(([id, result]) => {
    return [id, { ...result, compared: new Set(result.expectations.map(({ block }) => block)) }] as const;
  });
  return new Map(entries);
}

/** From a report of the same chapters. Throws UsageError where the file is none, or where a chapter has changed since. */
export function printedInReport(cwd: string, file: string, chapters: readonly Chapter[]): FindPrinted {
  const report = readReport(cwd, file);
  const byFile = new Map(report.chapters.toReversed().map((chapter) => [chapter.file, chapter]));
  for (const { file: chapter } of chapters) {
    if (!byFile.has(chapter))
      throw new UsageError(`${file} knows nothing of ${chapter}`, 'run it with --report first');
  }
  return (chapter) => {
    const blocks = byFile.get(chapter.file)?.blocks ?? [];
    return new Map(blocks.map((block) => [block.id, readBlock(block, chapter, file)]));
  };
}

function readBlock(block: ReportBlock, chapter: Chapter, file: string): Printed {
  const known = chapter.blocks.find(({ id }) => id === block.id);
  // A command that names a secret is masked in the report.
  if (known === undefined || (known.body !== block.command && !block.command.includes('***'))) {
    throw new UsageError(
      `#${block.id} of ${chapter.file} has changed since ${file} was written`,
      'run the chapter again',
    );
  }
  return { ...block, compared: new Set(block.expectations.map((one) => one.block)) };
}

/** Reads a report of this version. Throws UsageError. */
export function readReport(cwd: string, file: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(resolve(cwd, file), 'utf8')) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file} cannot be read as a report: ${reason}`, undefined, { cause: error });
  }
  if (isReport(value)) return value;
  throw new UsageError(
    `${file} is no report of this version of mtx-doc`,
    'write one with mtx-doc run --report',
  );
}

/** Whether a value has all that is read of a report; the schema says more. */
function isReport(value: unknown): value is Report {
  const report = fieldsOf(value);
  return (
    report?.['version'] === 1 &&
    typeof report['finished'] === 'boolean' &&
    typeof report['outcome'] === 'string' &&
    Array.isArray(fieldsOf(report['totals'])?.['skips']) &&
    isListOf(report['chains'], (chain) => Array.isArray(chain['leaks'])) &&
    isListOf(report['chapters'], isReportChapter)
  );
}

function isReportChapter({ file, blocks, collected }: Fields): boolean {
  return typeof file === 'string' && Array.isArray(collected) && isListOf(blocks, isReportBlock);
}

function isReportBlock({ id, command, status, headings, expectations }: Fields): boolean {
  const texts = [id, command, status];
  return (
    texts.every((text) => typeof text === 'string') &&
    Array.isArray(headings) &&
    isListOf(expectations, ({ verdict }) => fieldsOf(verdict) !== undefined)
  );
}

type Fields = Readonly<Partial<Record<string, unknown>>>;

function isListOf(value: unknown, isItem: (item: Fields) => boolean): boolean {
  return Array.isArray(value) && value.every((item: unknown) => isItem(fieldsOf(item) ?? {}));
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}
