/** A block of a chapter as a card: which command it is, what is typed, what came of it, and how far that may be trusted. */
import type { Block } from '../../runner/chapter/chapter.ts';
import { renderDuration } from '../../runner/report/render-duration.ts';
import type { BlockRecording, BlockStatus } from '../site.ts';
import type { Highlighter } from './highlight.ts';
import { html, type Html, type Part } from './html.ts';
import { lengthOf, scrollable } from './scrollable.ts';
import { renderExpected, renderOutput } from './render-output.ts';

/** What a card needs besides its block. */
export interface CardContext {
  readonly highlighter: Highlighter;
  /** The anchor. */
  readonly id: string;
  /** "Command `number` of `total`"; absent for what is not run. */
  readonly number?: number;
  readonly total: number;
}

const WORDS: Readonly<Record<BlockStatus, string>> = {
  verified: 'verified',
  partly: 'not all of it was checked here',
  skipped: 'not run here',
  outdated: 'an old recording',
  failed: 'failed when last run',
  missing: 'no recording',
};

const KINDS: Readonly<Record<Block['kind'], string>> = {
  run: 'Command',
  setup: 'Preparation',
  cleanup: 'Clean-up',
  background: 'Background command',
  file: 'File',
  excerpt: 'Excerpt',
  skip: 'Shown, not run',
};

/** The card. */
export function renderBlock(recording: BlockRecording, context: CardContext): Html {
  const { block, status } = recording;
  const isCommand = context.number !== undefined;
  const copies = isCommand || block.kind === 'file' || block.kind === 'skip';
  const promptClass = isCommand || block.kind === 'skip' ? 'cmd' : 'cmd plain';
  return html`<div class="card ${status}" id="${context.id}">
    <p class="bar head">
      ${renderCaption(recording, context)}${renderFacts(recording)}${copies && html`<button class="copy" type="button">Copy<span class="sr"> ${nameOf(recording, context)}</span></button>`}
    </p>
    <pre
      class="${promptClass}"
      ${scrollable(lengthOf(block.body), `${nameOf(recording, context)}, text`)}
    ><code>${context.highlighter.highlight(block.body, block.language)}</code></pre>
    ${renderNotice(recording)}${isCommand && renderResult(recording, context)}
  </div> `;
}

function nameOf({ block }: BlockRecording, { number, total }: CardContext): string {
  if (number !== undefined) {
    const prefix = block.kind === 'run' ? '' : `${KINDS[block.kind]}, `;
    return `${prefix}${prefix === '' ? 'Command' : 'command'} ${number} of ${total}`;
  }
  if (block.kind === 'file') return `File ${block.path}`;
  if (block.kind === 'excerpt')
    return `From ${block.of}${block.lines === undefined ? '' : `, lines ${block.lines.from} to ${block.lines.to}`}`;
  return KINDS[block.kind];
}

function renderCaption(recording: BlockRecording, context: CardContext): Html {
  return html`<a class="label" href="#${context.id}">${nameOf(recording, context)}</a>`;
}

function renderFacts({ run, status }: BlockRecording): Part {
  if (run === undefined || status === 'missing' || status === 'skipped') return false;
  const facts = [
    `took ${renderDuration(run.durationMs)}`,
    ...(run.tries > 1 ? [`asked ${run.tries} times`] : []),
    ...(run.exit === undefined || run.exit === 0 ? [] : [`exit status ${run.exit}`]),
  ];
  return html`<span class="facts">${facts.join(' · ')}</span>`;
}

function renderNotice({ status, reason }: BlockRecording): Part {
  if (status === 'verified') return false;
  const because = reason === undefined ? '' : `: ${reason}`;
  return html`<p class="notice">${capitalise(WORDS[status])}${because}.</p>`;
}

function renderResult(
  { block, status, run }: BlockRecording,
  { highlighter, number = 0 }: CardContext,
): Part {
  const shown = status === 'missing' || status === 'skipped' ? undefined : run;
  const isTrusted = status !== 'outdated';
  const output = shown !== undefined && renderOutput(shown, { block, highlighter, number, isTrusted });
  return html`${output}${block.kind === 'run' && renderExpected(block, shown, status === 'verified')}`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
