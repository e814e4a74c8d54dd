/** Reads the report of a run. Having none is fine (the pages say so); one that cannot be understood is not. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Ajv, type ErrorObject } from 'ajv';
import schema from '../../runner/report/report.schema.json' with { type: 'json' };
import type { Report } from '../../runner/report/report.ts';
import { SiteError } from './site-error.ts';

const RECORD = 'record one with `npm run site:record`';
const isReport = new Ajv({ strictTypes: false }).compile<Report>(schema);

/** Undefined where there is no such file. Throws SiteError. */
export async function loadReport(file: string, cwd: string): Promise<Report | undefined> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new SiteError(`${file} cannot be read`, RECORD, { cause: error });
  }
  const report = parse(text, file);
  if (isReport(report)) return report;
  throw new SiteError(
    `${file} is no report of this version of mtx-doc: ${describe(isReport.errors)}`,
    RECORD,
  );
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new SiteError(`${file} is no JSON: ${(error as Error).message}`, RECORD, { cause: error });
  }
}

/** The fault that lies deepest: where there are alternatives, that is in the one that was meant. */
function describe(errors: readonly ErrorObject[] | null | undefined): string {
  const depth = ({ instancePath }: ErrorObject): number => instancePath.split('/').length;
  const [error] = (errors ?? []).toSorted((a, b) => depth(b) - depth(a));
  if (error === undefined) return 'no reason is known';
  const { instancePath, message = 'is wrong', params } = error;
  const extra = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
  return `${instancePath === '' ? 'the whole' : instancePath} ${message}${extra}`;
}
