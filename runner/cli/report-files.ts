/**
 * Report files are opened before a run and put in place after it: a path that cannot be written is known at once, and
 * nobody ever reads half a report. Only a report may be replaced: `--report *.md` is a chapter that the shell filled in.
 */
import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Report } from '../report/report.ts';
import { UsageError } from './usage-error.ts';

interface ReportFile {
  /** Writes the text and puts the file in place; at most once. */
  commit(text: string): void;
  /** Leaves no trace, unless it was committed. */
  discard(): void;
}

/** The report files of one run. */
export interface ReportFiles {
  /** Writes each file in its format and puts it in place. */
  commit(report: Report): Promise<void>;
  /** Leaves no trace of what was not committed. */
  discard(): void;
}

/** Opens the files that were asked for. Throws UsageError where one could not be written later. */
export function openReportFiles(
  paths: { readonly report: string | undefined; readonly junit: string | undefined },
  cwd: string,
): ReportFiles {
  if (
    paths.report !== undefined &&
    paths.junit !== undefined &&
    resolve(cwd, paths.report) === resolve(cwd, paths.junit)
  ) {
    throw new UsageError('--report and --junit name the same file');
  }
  const json = paths.report === undefined ? undefined : openReportFile('report', paths.report, cwd);
  const junit = paths.junit === undefined ? undefined : openReportFile('junit', paths.junit, cwd);
  return {
    commit: async (report) => {
      json?.commit((await import('../report/render-json.ts')).renderJson(report));
      junit?.commit((await import('../report/render-junit.ts')).renderJunit(report));
    },
    discard: () => {
      json?.discard();
      junit?.discard();
    },
  };
}

/** How what an option writes begins. */
const BEGINNINGS = {
  report: /^\{\s*"version": \d+,\s*"tool": "/,
  junit: /^(?:<\?xml[^>]*>\s*)?<testsuites?\b/,
};

function openReportFile(option: keyof typeof BEGINNINGS, file: string, cwd: string): ReportFile {
  const path = resolve(cwd, file);
  const temporary = join(dirname(path), `.${basename(path)}.${String(process.pid)}.tmp`);
  const handle = tryOpen(option, file, path, temporary);
  let open = true;
  const close = (): void => {
    if (open) closeSync(handle);
    open = false;
  };
  return {
    commit: (text) => {
      writeSync(handle, text);
      close();
      renameSync(temporary, path);
    },
    discard: () => {
      close();
      rmSync(temporary, { force: true });
    },
  };
}

function tryOpen(option: keyof typeof BEGINNINGS, file: string, path: string, temporary: string): number {
  try {
    if (!existsSync(dirname(path))) throw new Error(`there is no folder ${dirname(path)}`);
    refuseLoss(path, BEGINNINGS[option]);
    return openSync(temporary, 'w');
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--${option} ${file} cannot be written: ${cause}`, undefined, { cause: error });
  }
}

/** Throws if a report at `path` would take the place of something else. */
function refuseLoss(path: string, beginning: RegExp): void {
  if (/\.(?:md|markdown)$/i.test(path)) throw new Error('it would replace a Markdown file');
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (there.isDirectory()) throw new Error('it is a folder');
  if (!there.isFile()) throw new Error('it is no regular file');
  if (there.size > 0 && !beginning.test(readHead(path)))
    throw new Error('there is a file that is no report; delete it first if it is not needed');
}

function readHead(path: string): string {
  const head = Buffer.alloc(200);
  const handle = openSync(path, 'r');
  try {
    return head.toString('utf8', 0, readSync(handle, head));
  } finally {
    closeSync(handle);
  }
}
