/** `mtx-doc report`: shows the report of an earlier run, or what changed between two. */
import { matchExpectation } from '../expectation/match.ts';
import { compareReports } from '../report/compare-reports.ts';
import { renderComparison, renderComparisonJson } from '../report/render-comparison.ts';
import { chooseStyle } from './colour.ts';
import type { CommandInput, RunCommand } from './command.ts';
import { EXIT, exitCodeOf } from './exit-code.ts';
import { readReport } from './printed.ts';
import { UsageError } from './usage-error.ts';

export const report: RunCommand = async (input, host) => {
  const files = input.arguments;
  const style = chooseStyle(input.text('color'), host.env, host.stdout);
  if (!input.flag('diff')) {
    if (files.length > 1) throw new UsageError('one report is shown at a time', 'compare two with --diff');
    const shown = readReport(host.cwd, files[0] ?? '');
    const { renderTerminal } = await import('../report/render-terminal.ts');
    const { renderJson } = await import('../report/render-json.ts');
    host.stdout.write(input.text('format') === 'json' ? renderJson(shown) : renderTerminal(shown, style));
    return exitCodeOf(shown.outcome);
  }
  const [before, after] = files;
  if (before === undefined || after === undefined || files.length > 2) {
    throw new UsageError('--diff compares two reports', 'mtx-doc report --diff BEFORE.json AFTER.json');
  }
  const comparison = compareReports(readReport(host.cwd, before), readReport(host.cwd, after), {
    factor: readFactor(input),
    thresholdMs: input.number('threshold') ?? 0,
    isSame,
  });
  const render = input.text('format') === 'json' ? renderComparisonJson : renderComparison;
  host.stdout.write(render(comparison, style));
  return comparison.newFailures.length + comparison.newTroubles.length > 0 ? EXIT.failed : EXIT.ok;
};

/** Ages, times, hashes and the like differ from run to run. */
function isSame(before: string, after: string): boolean {
  if (before === after) return true;
  return matchExpectation({ match: 'like', language: 'text', text: before }, after, {}).kind === 'held';
}

function readFactor(input: CommandInput): number {
  const text = input.text('factor') ?? '';
  const factor = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  if (factor >= 1) return factor;
  throw new UsageError(`--factor must be a number from 1 on, not \`${text}\``, 'for example 1.5');
}
