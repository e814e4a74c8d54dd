/** Reads the report of a run. Having none is fine (the pages say so); one that cannot be understood is not. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Report } from '../../runner/report/report.ts';
import { SiteError } from './site-error.ts';

const RECORD = 'record one with `npm run site:record`';

/** Undefined where there is no such file. Throws SiteError. */
export async function loadReport(file: string, cwd: string): Promise<Report | undefined> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new SiteError(`${file} cannot be read`, RECORD, { cause: error });
  }
  const report = parse(text);
  if (report?.version !== 1 || !Array.isArray(report.chapters) || !Array.isArray(report.chains)) {
    throw new SiteError(`${file} is no report of this version of mtx-doc`, RECORD);
  }
  return report as Report;
}

function parse(text: string): Partial<Report> | undefined {
  try {
    return JSON.parse(text) as Partial<Report>;
  } catch {
    return undefined;
  }
}
