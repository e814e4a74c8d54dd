/** The report as the file that the site and CI read; `report.schema.json` describes it. */
import type { Report } from './report.ts';

/** Indented JSON with a newline at the end. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
