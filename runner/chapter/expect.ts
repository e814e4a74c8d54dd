/** Reads `.expect` fences, and hangs each on the run that it belongs to. */
import { checkExpectation } from '../expectation/check.ts';
import type { Expectation, ExpectLanguage, MatchKind } from '../expectation/expectation.ts';
import { MATCH_KINDS } from '../expectation/matchers.ts';
import { suggest } from '../text/suggest.ts';
import { createAttributeReader, type AttributeReader } from './attribute-reader.ts';
import { baseOf, type BlockBase, type NamedFence } from './block.ts';
import type { ExpectBlock, StreamName } from './chapter.ts';
import { offsetInLine } from '../text/position.ts';
import type { Reporter, SourceRange } from './report.ts';

/** An expectation before its run is known: the run's exit status decides the default stream. */
export interface ExpectDraft {
  readonly base: BlockBase;
  readonly expectation: Expectation;
  readonly exit?: number;
  readonly exitRange: SourceRange;
  readonly stream?: StreamName;
  readonly streamRange: SourceRange;
  readonly rest: Pick<ExpectBlock, 'withinMs' | 'everyMs' | 'only'>;
  readonly withinRange: SourceRange;
}

const STREAMS: readonly StreamName[] = ['stdout', 'stderr', 'both'];
const LANGUAGES: readonly ExpectLanguage[] = ['text', 'json', 'yaml', 'console'];

/** Reads one `.expect` fence and checks its text. */
export function readExpect(named: NamedFence, reporter: Reporter): ExpectDraft {
  const attributes = createAttributeReader(named.attributes, reporter);
  const language = LANGUAGES.find((known) => known === named.language) ?? 'text';
  const fallback: MatchKind = language === 'json' || language === 'yaml' ? 'subset' : 'exact';
  const match = attributes.choice('match', MATCH_KINDS, 'unknown-matcher') ?? fallback;
  const expectation: Expectation = { match, language, text: named.fence.body.replace(/\n$/, '') };
  reportExpectation(expectation, named, reporter);
  const exit = attributes.exitStatus();
  const stream = attributes.choice('stream', STREAMS, 'unknown-stream');
  return {
    base: baseOf(named),
    expectation,
    exitRange: attributes.rangeOf('exit'),
    streamRange: attributes.rangeOf('stream'),
    withinRange: attributes.rangeOf('within'),
    rest: readPolling(attributes, reporter),
    ...(exit !== undefined && { exit }),
    ...(stream !== undefined && { stream }),
  };
}

function readPolling(attributes: AttributeReader, reporter: Reporter): ExpectDraft['rest'] {
  const withinMs = attributes.durationMs('within');
  const everyMs = attributes.durationMs('every');
  const only = attributes.capability();
  if (attributes.has('every') && !attributes.has('within')) {
    const hint = 'add `within=30s`, or remove it';
    reporter.error('every-without-within', attributes.rangeOf('every'), '`every` needs `within`', hint);
  }
  return {
    ...(withinMs !== undefined && { withinMs }),
    ...(everyMs !== undefined && { everyMs }),
    ...(only !== undefined && { only }),
  };
}

function reportExpectation(expectation: Expectation, { fence }: NamedFence, reporter: Reporter): void {
  const texts = expectation.text.split('\n');
  const after = { start: fence.span.start.offset, end: fence.span.end.offset };
  for (const problem of checkExpectation(expectation)) {
    const line = fence.bodyLines[problem.line];
    const text = texts[problem.line] ?? '';
    const place = (column: number): number => offsetInLine(reporter.lines, line ?? 0, text, column);
    const range =
      line === undefined
        ? after
        : { start: place(problem.column), end: place(problem.column + problem.length) };
    reporter.error(problem.code.replace(/^format:/, ''), range, problem.message, problem.hint);
  }
}

/** The run that an expectation belongs to: the one named by `for=`, else the nearest above in its section. */
export function findRun(
  named: NamedFence,
  runs: readonly NamedFence[],
  reporter: Reporter,
): NamedFence | undefined {
  const attributes = createAttributeReader(named.attributes, reporter);
  const wanted = attributes.text('for')?.replace(/^#/, '');
  if (wanted !== undefined) {
    const run = runs.find(({ blockId }) => blockId === wanted);
    if (run !== undefined) return run;
    const near = suggest(
      wanted,
      runs.map(({ blockId }) => blockId),
    );
    const hint = near === undefined ? 'give the run an id: `{.run #name}`' : `did you mean \`${near}\`?`;
    reporter.error('unknown-run', attributes.rangeOf('for'), `no run has the id \`${wanted}\``, hint);
    return undefined;
  }
  const offset = named.fence.span.start.offset;
  const run = runs.findLast(
    ({ fence, section }) => section.number === named.section.number && fence.span.start.offset < offset,
  );
  if (run === undefined) {
    const hint = 'move it below its run, or name the run with `for=`';
    reporter.error('expect-without-run', named.attributes.range, 'no run stands above in this section', hint);
  }
  return run;
}

/**
 * The expectations of one run. They share its exit status: one that states none takes what another states, and two that
 * differ are a contradiction.
 */
export function settleExpectations(
  drafts: readonly ExpectDraft[],
  reporter: Reporter,
): readonly ExpectBlock[] {
  const stated = drafts.find(({ exit }) => exit !== undefined);
  const exit = stated?.exit ?? 0;
  const blocks = drafts.map((draft): ExpectBlock => {
    if (draft.exit !== undefined && draft.exit !== exit) {
      const message = `this run cannot exit with ${exit} and ${draft.exit}`;
      reporter.error('exit-conflict', draft.exitRange, message);
    }
    const stream = draft.stream ?? (exit === 0 ? 'stdout' : 'both');
    return { ...draft.base, kind: 'expect', expectation: draft.expectation, exit, stream, ...draft.rest };
  });
  reportStreams(drafts, blocks, reporter);
  return blocks;
}

/**
 * Of two descriptors nobody knows what was written first, so that `both` means one descriptor for both streams; then
 * they cannot be told apart any more.
 */
function reportStreams(
  drafts: readonly ExpectDraft[],
  blocks: readonly ExpectBlock[],
  reporter: Reporter,
): void {
  const areTogether = blocks.map(({ stream }) => stream === 'both');
  const odd = areTogether.findIndex((together) => together !== areTogether[0]);
  const [range, stream, first] = [drafts[odd]?.streamRange, blocks[odd]?.stream, blocks[0]];
  if (range === undefined || first === undefined) return;
  reporter.error(
    'stream-conflict',
    range,
    `\`${stream}\` here and \`${first.stream}\` on line ${first.span.start.line} cannot be had from one run`,
    'the streams of a run are compared either apart or together: say `stream=both` on each of its expectations, or `stream=stdout` or `stream=stderr` on each (without it, `exit=0` means stdout and any other exit both)',
  );
}
