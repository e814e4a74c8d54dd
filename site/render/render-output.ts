/** What a command printed, in regions of their own: each stream under its name, long ones folded, varying parts marked. */
import type { Block, RunBlock } from '../../runner/chapter/chapter.ts';
import type { ReportBlock, ReportOutput } from '../../runner/report/report.ts';
import { describeExpectation } from './describe-expectation.ts';
import { lengthOf, scrollable } from './scrollable.ts';
import type { Highlighter } from './highlight.ts';
import { escapeCode, html, join, raw, type Html, type Part } from './html.ts';
import { markVarying } from './mark-varying.ts';
import { readVerdicts, type Comparison } from './read-verdicts.ts';

/** An output of more lines is folded. */
const FOLD_AT = 20;
/** Lines of a folded output that stay visible. */
const SHOWN = 14;

interface Stream {
  readonly name: string;
  readonly text: string;
  /** The same with its colour sequences. */
  readonly coloured: string | undefined;
  readonly comparison: Comparison;
}

/** What outputs are rendered with. */
export interface OutputContext {
  readonly block: Block;
  readonly highlighter: Highlighter;
  /** Of the command. */
  readonly number: number;
  /** False for a recording of another time. */
  readonly isTrusted: boolean;
}

/** The regions below a command. */
export function renderOutput(run: ReportBlock, context: OutputContext): Html {
  if (run.output === undefined) return html`<p class="quiet">What it printed was not recorded.</p>`;
  const streams = listStreams(run.output, run, context.block);
  if (streams.length === 0) return html`<p class="quiet">Prints nothing.</p>`;
  const omitted = run.output.omittedBytes;
  return html`${streams.map((stream) => renderStream(stream, context))}${omitted > 0 && html`<p class="quiet">${omitted} bytes more were printed.</p>`}`;
}

function listStreams(output: ReportOutput, run: ReportBlock, block: Block): readonly Stream[] {
  const named = [
    { key: 'both', name: 'Output', text: output.both ?? '' },
    { key: 'stdout', name: 'Output', text: output.stdout },
    { key: 'stderr', name: 'Error output', text: output.stderr },
  ] as const;
  return named
    .filter(({ text }) => text !== '')
    .map(({ key, name, text }) => ({
      name,
      text: text.replace(/\n$/, ''),
      coloured: output.coloured?.[key],
      comparison: readVerdicts(block, run, key),
    }));
}

function renderStream(
  { name, text, coloured, comparison }: Stream,
  { highlighter, number, isTrusted }: OutputContext,
): Html {
  const tints = coloured === undefined ? [] : highlighter.tint(coloured);
  const lines = markVarying(text, comparison, tints);
  const id = `out-${number}${name === 'Output' ? '' : '-err'}`;
  const label = isTrusted ? name : `${name} of an earlier run`;
  return html`<div class="out" role="group" aria-labelledby="${id}">
    <p class="bar">
      <span id="${id}" class="label">${label}<span class="sr"> of command ${number}</span></span
      >${isTrusted && renderLegend(comparison)}
    </p>
    ${renderLines(lines, `${name} of command ${number}`)}
  </div>`;
}

/** How the reader's own output may differ from this one. */
function renderLegend({ extent, varying, passedOver }: Comparison): Part {
  const notes: readonly Part[] = [
    varying.length > 0 && html`<span class="vary">marked</span> yours will differ`,
    passedOver.size > 0 && html`<span class="free">not compared, may differ</span>`,
    extent === 'partly' && 'compared in part',
    extent === 'not at all' && 'not compared',
  ];
  const shown = notes.filter((note) => note !== false);
  return shown.length > 0 && html`<span class="legend">${join(shown, ' · ')}</span>`;
}

function renderLines(lines: readonly Html[], name: string): Html {
  const isFolded = lines.length > FOLD_AT;
  const shown = isFolded ? lines.slice(0, SHOWN) : lines;
  const rest = lines.slice(shown.length);
  const fold = html`<details class="fold">
    <summary>${rest.length} more lines</summary>
    ${pre(rest, `${name}, continued`)}
  </details>`;
  return html`${pre(shown, name)}${isFolded && fold}`;
}

/** Scrolls sideways if it must, so it can be reached by keyboard and has a name. */
function pre(lines: readonly Html[], name: string): Html {
  const longest = Math.max(...lines.map(({ html }) => html.length));
  return html`<pre${scrollable(longest, name)}><samp>${join(lines, '\n')}
</samp></pre>`;
}

/** What is checked; the text only where it is not what is shown anyway. Nothing was checked unless `isVerified`. */
export function renderExpected(
  { expectations }: RunBlock,
  run: ReportBlock | undefined,
  isVerified: boolean,
): Part {
  const word = isVerified ? 'Checked' : 'To be checked';
  const shown = [run?.output?.stdout, run?.output?.stderr, run?.output?.both].map((text) => text?.trimEnd());
  const texts = expectations.filter(({ expectation }) => !shown.includes(expectation.text.trimEnd()));
  if (texts.length === 0) {
    const checks = [...new Set(expectations.map(describeExpectation))].join('; ');
    return checks !== '' && html`<p class="quiet checked">${word}: ${withCode(checks)}.</p>`;
  }
  return html`<details class="expected">
    <summary>${isVerified ? 'What is checked' : 'What is to be checked'}</summary>
    ${texts.map(
      (expected) =>
        html`<p>It must print ${withCode(describeExpectation(expected))}:</p><pre${scrollable(lengthOf(expected.expectation.text), `Expected output, line ${expected.span.start.line}`)}><samp>${raw(escapeCode(expected.expectation.text))}
</samp></pre>`,
    )}
  </details>`;
}

function withCode(text: string): readonly Part[] {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}
