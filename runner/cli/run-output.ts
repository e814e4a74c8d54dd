/** Which of the report's views `mtx-doc run` shows, and where. Views that are not asked for are not loaded. */
import { appendFileSync } from 'node:fs';
import { neutraliseCommands } from '../report/neutralise.ts';
import type { Report } from '../report/report.ts';
import type { Style } from '../report/style.ts';
import { chooseStyle } from './colour.ts';
import type { CommandInput } from './command.ts';
import type { Host, TextStream } from './host.ts';
import { UsageError } from './usage-error.ts';

export type Format = 'pretty' | 'github' | 'json' | 'tap';

export interface Display {
  readonly format: Format;
  /** `silent`: failures and the closing line only. */
  readonly detail: 'silent' | 'normal' | 'verbose';
  /** Where progress goes: formats for programs have the standard output for themselves. */
  readonly progress: TextStream;
  readonly style: Style;
}

/** Reads the options that say what is shown. Throws UsageError. */
export function chooseDisplay(input: CommandInput, host: Host): Display {
  const [quiet, verbose] = [input.flag('quiet'), input.flag('verbose')];
  if (quiet && verbose) throw new UsageError('--quiet and --verbose contradict each other');
  const format = (input.text('format') ?? 'pretty') as Format;
  const forPrograms = format === 'json' || format === 'tap';
  const progress = forPrograms ? host.stderr : host.stdout;
  return {
    format,
    detail: quiet || forPrograms ? 'silent' : verbose ? 'verbose' : 'normal',
    progress,
    style: chooseStyle(input.text('color'), host.env, progress),
  };
}

/** Writes the finished run's view to the standard output, and to GitHub's step summary where there is one. */
export async function showReport(report: Report, display: Display, host: Host): Promise<void> {
  switch (display.format) {
    case 'pretty':
      host.stdout.write(await renderPretty(report, display));
      break;
    case 'github': {
      const { renderAnnotations } = await import('../report/render-github.ts');
      host.stdout.write(neutraliseCommands(await renderPretty(report, display)) + renderAnnotations(report));
      await appendSummary(report, host);
      break;
    }
    case 'json': {
      const { renderJson } = await import('../report/render-json.ts');
      host.stdout.write(renderJson(report));
      break;
    }
    case 'tap': {
      const { renderTap } = await import('../report/render-tap.ts');
      host.stdout.write(renderTap(report));
      break;
    }
  }
}

async function renderPretty(report: Report, { detail, style }: Display): Promise<string> {
  const { renderTerminal } = await import('../report/render-terminal.ts');
  return renderTerminal(report, style, { totals: detail !== 'silent' });
}

async function appendSummary(report: Report, host: Host): Promise<void> {
  const file = host.env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  const { renderMarkdown } = await import('../report/render-markdown.ts');
  try {
    appendFileSync(file, renderMarkdown(report));
  } catch (error) {
    host.stderr.write(
      `the step summary could not be written: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}
