/** A report of one chapter in which all blocks went the same way. */
import type { Chapter } from '../../runner/chapter/chapter.ts';
import type { Report, ReportBlock } from '../../runner/report/report.ts';
import { reportOf } from './site-corpus.ts';

const AT = '2026-01-02T03:04:05.000Z';

/** What all of its blocks have in common; with a failure they failed. */
type Common = Pick<ReportBlock, 'output' | 'failure'> & { readonly digest: string };

export function chapterReport(chapter: Chapter, { digest, output, failure }: Common): Report {
  const status = failure === undefined ? 'passed' : 'failed';
  const blocks = chapter.blocks.map(({ id, span, headings, body, kind }): ReportBlock => ({
    id,
    kind,
    line: span.start.line,
    headings,
    command: body,
    status,
    exit: 0,
    startedAt: AT,
    durationMs: 9,
    tries: 1,
    waitedMs: 0,
    ...(output === undefined ? {} : { output }),
    ...(failure === undefined ? {} : { failure }),
    expectations: [],
  }));
  const { id, file, title } = chapter;
  const common = { chain: 'c', requested: true, durationMs: 9, collected: [] };
  return reportOf([{ ...common, id, file, title, digest, status, blocks }]);
}
