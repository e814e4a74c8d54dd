/** Puts marked fences together: blocks in page order, each run with its expectations. */
import { buildBlock, type NamedFence } from './block.ts';
import type { Block, BlockId, ChapterMeta, RunBlock } from './chapter.ts';
import { findRun, readExpect, settleExpectations, type ExpectDraft } from './expect.ts';
import { assignIds } from './ids.ts';
import type { MarkedFence } from './mark.ts';
import type { Reporter } from './report.ts';
import { readTranscript } from './transcript.ts';

/** The blocks of a chapter. */
export function assembleBlocks(
  fences: readonly MarkedFence[],
  meta: ChapterMeta,
  reporter: Reporter,
): readonly Block[] {
  const ids = assignIds(fences, reporter);
  const named = fences.flatMap((fence, index) => {
    const blockId = ids[index];
    return blockId === undefined ? [] : [{ ...fence, blockId }];
  });
  const runs = named.filter(({ role }) => role === 'run');
  const drafts = new Map<BlockId, ExpectDraft[]>(runs.map(({ blockId }) => [blockId, []]));
  const blocks: Block[] = [];
  for (const fence of named) {
    if (fence.role === 'expect') {
      const draft = readExpect(fence, reporter);
      const run = findRun(fence, runs, reporter);
      if (run !== undefined) drafts.get(run.blockId)?.push(draft);
      continue;
    }
    const block = buildBlock(fence, reporter);
    if (block?.kind === 'run' && fence.language === 'console') {
      const { run, draft } = readConsole(block, fence, reporter);
      if (draft !== undefined) drafts.get(block.id)?.push(draft);
      blocks.push(run);
    } else if (block !== undefined) blocks.push(block);
  }
  const fenceOf = new Map(named.map((fence) => [fence.blockId, fence]));
  return blocks.map((block) =>
    block.kind === 'run'
      ? finishRun(block, drafts.get(block.id) ?? [], fenceOf.get(block.id), meta, reporter)
      : block,
  );
}

/**
 * Adds the expectations. A block's time-out holds for each try, but one that is stated below `within`, or a chapter's, reads
 * as if it ended the polling: an error.
 */
function finishRun(
  run: RunBlock,
  drafts: readonly ExpectDraft[],
  fence: NamedFence | undefined,
  meta: ChapterMeta,
  reporter: Reporter,
): RunBlock {
  const expectations = settleExpectations(drafts, reporter);
  const stated =
    fence?.attributes.items.some(({ kind, name }) => kind === 'key' && name === 'timeout') ?? false;
  const limit = Math.min(stated ? run.timeoutMs : meta.timeoutMs, meta.timeoutMs);
  for (const { rest, withinRange } of drafts) {
    if ((rest.withinMs ?? 0) <= limit) continue;
    const whose = limit === run.timeoutMs && stated ? "the run's" : "the chapter's";
    reporter.error(
      'timeout-below-within',
      withinRange,
      `${whose} time-out ends before \`within\` does`,
      'raise `timeout`',
    );
  }
  return { ...run, expectations };
}

function readConsole(
  block: RunBlock,
  fence: NamedFence,
  reporter: Reporter,
): { readonly run: RunBlock; readonly draft?: ExpectDraft } {
  const lines = block.body.split('\n').slice(0, -1);
  const transcript = readTranscript(lines, block.bodyLines);
  const first = block.bodyLines[0] ?? fence.fence.span.start.line;
  if (transcript.commandLines[0] !== first && /\S/.test(block.body)) {
    const start = reporter.lines.startOf(first);
    const range = { start, end: start + reporter.lines.textOf(first).length };
    reporter.error(
      'transcript-without-command',
      range,
      'a transcript starts with a command',
      'begin the line with `$ `',
    );
  }
  const body = transcript.commands.map((line) => `${line}\n`).join('');
  const run: RunBlock = { ...block, body, bodyLines: transcript.commandLines };
  const text = transcript.output.join('\n').replace(/\n+$/, '');
  if (text === '') return { run };
  return { run, draft: draftOutput(block, transcript.outputLines, text, fence, reporter) };
}

function draftOutput(
  block: RunBlock,
  numbers: readonly number[],
  text: string,
  fence: NamedFence,
  reporter: Reporter,
): ExpectDraft {
  const height = text.split('\n').length;
  const bodyLines = numbers.slice(0, height);
  const { lines } = reporter;
  const last = bodyLines.at(-1) ?? 0;
  const end = last < lines.lineCount ? lines.startOf(last + 1) : lines.source.length;
  const bodySpan = lines.span(lines.startOf(bodyLines[0] ?? 0), end);
  const { span, language, headings } = block;
  const id = `${block.id}-output` as BlockId;
  return {
    base: { id, span, bodySpan, language, body: `${text}\n`, bodyLines, headings },
    expectation: { match: 'elide', language: 'console', text },
    exitRange: fence.attributes.range,
    streamRange: fence.attributes.range,
    withinRange: fence.attributes.range,
    rest: {},
  };
}
