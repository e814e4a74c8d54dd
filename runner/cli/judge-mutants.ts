/**
 * Judges wrong outputs and wrong pages with the judge of the run itself. A change is noticed if its own block fails, or if
 * a later one does because a capture has another value.
 */
import type { ExpectBlock } from '../chapter/chapter.ts';
import { judgeAttempt, type Judged } from '../execution/judge.ts';
import { pickStream } from '../execution/match-output.ts';
import type { Captures } from '../expectation/expectation.ts';
import type { Mutation } from '../expectation/mutation/mutation.ts';
import { listMutations } from '../expectation/mutation/mutators.ts';
import type { MutatedChapter, Survivor } from '../report/mutants.ts';
import type { RecordedChapter, RecordedRun } from './record-runs.ts';

/** One change of one run. */
interface Mutant extends Pick<Survivor, 'mutation' | 'line' | 'detail'> {
  readonly judged: Judged;
  readonly expected: readonly ExpectBlock[];
  readonly hint: string;
  readonly allowed?: string;
}

/** Judges every mutation of a chapter's runs, or of the one that `only` names. */
export function judgeMutants({ planned, runs, unjudged }: RecordedChapter, only?: string): MutatedChapter {
  const chosen = runs.filter(({ block }) => only === undefined || block.id === only);
  const counts = { mutations: 0, killed: 0, allowed: 0 };
  const survivors: Survivor[] = [];
  for (const run of chosen) {
    for (const mutant of listMutants(run)) {
      counts.mutations += 1;
      if (isNoticed(mutant, run, runs)) counts.killed += 1;
      else if (mutant.allowed !== undefined) counts.allowed += 1;
      else survivors.push(describe(mutant, run, planned.chapter.id));
    }
  }
  return {
    file: planned.chapter.file,
    expectations: chosen.reduce((sum, { expected }) => sum + expected.length, 0),
    ...counts,
    survivors,
    unjudged: unjudged.filter(({ block }) => only === undefined || block === only),
  };
}

function isNoticed({ judged, expected }: Mutant, run: RecordedRun, runs: readonly RecordedRun[]): boolean {
  const line = run.block.span.start.line;
  const { failure, captures } = judgeAttempt(judged, line, expected, run.before);
  if (failure !== undefined) return true;
  if (isSame(captures, run.judgement.captures)) return false;
  let bound = captures;
  return runs.slice(runs.indexOf(run) + 1).some((later) => {
    const judgement = judgeAttempt(later, later.block.span.start.line, later.expected, bound);
    bound = judgement.captures;
    return judgement.failure !== undefined;
  });
}

function listMutants(run: RecordedRun): readonly Mutant[] {
  const texts = run.expected.flatMap((block, index) => mutateExpectation(run, block, index));
  const seen = new Set<string>();
  return [...mutateExit(run), ...texts].filter(({ mutation, judged, expected }) => {
    const key = JSON.stringify([mutation, judged.output, expected === run.expected]);
    return expected !== run.expected || (!seen.has(key) && seen.add(key));
  });
}

function mutateExit(run: RecordedRun): readonly Mutant[] {
  const { block, expected, output, status } = run;
  const others = status === 0 ? [1] : [0, status === 255 ? 1 : status + 1];
  return others.map((other) => ({
    mutation: `exit ${other} instead of ${status}`,
    line: block.span.start.line,
    judged: { output, status: other },
    expected,
    hint: 'nobody notices how the command ended',
  }));
}

function mutateExpectation(run: RecordedRun, block: ExpectBlock, index: number): readonly Mutant[] {
  const { stream, expectation } = block;
  const { output, status, judgement } = run;
  const verdict = judgement.expectations[index]?.verdict;
  if (verdict?.kind !== 'held') return [];
  const before = run.judgement.expectations[index - 1]?.verdict;
  const captures = before?.kind === 'held' ? before.captures : run.before;
  const mutations = listMutations({
    expectation,
    actual: pickStream(output, stream),
    captures,
    varying: verdict.varying,
  });
  const place = (line: number | undefined): number =>
    (line === undefined ? undefined : block.bodyLines[line]) ?? block.span.start.line;
  const texts = mutations.map(({ side, name, text, line, ...rest }): Mutant => ({
    ...rest,
    mutation: `${side}: ${name}`,
    line: place(line),
    judged: { status, output: side === 'output' ? { ...output, [stream]: text } : output },
    expected: side === 'output' ? run.expected : replaceText(run.expected, block, text),
    hint: hintOf(side, name, block),
  }));
  return [...texts, ...swapStreams(run, block)];
}

/** What a command says must come where the page looks for it. */
function swapStreams(run: RecordedRun, { stream, span }: ExpectBlock): readonly Mutant[] {
  const { output, status, expected } = run;
  if (stream === 'both' || output[stream] === '') return [];
  const other = stream === 'stdout' ? 'stderr' : 'stdout';
  const moved = { ...output, [stream]: '', [other]: output.stdout + output.stderr };
  const hint = 'nobody notices on which stream it comes';
  return [
    {
      mutation: `print to ${other}`,
      line: span.start.line,
      judged: { output: moved, status },
      expected,
      hint,
    },
  ];
}

function replaceText(
  expected: readonly ExpectBlock[],
  block: ExpectBlock,
  text: string,
): readonly ExpectBlock[] {
  const changed = { ...block, expectation: { ...block.expectation, text } };
  return expected.map((one) => (one === block ? changed : one));
}

function hintOf(side: Mutation['side'], name: string, { expectation }: ExpectBlock): string {
  const capture = /<<([^<>]+)>>/.exec(name)?.[1];
  if (side === 'output' && capture !== undefined) {
    return `nothing compares <<${capture}>> again: use it further down, or write <<_>>, which promises nothing`;
  }
  if (name === 'empty output' && expectation.match === 'absent') {
    return 'this holds where nothing is printed: expect something that is there, too (`match=contains`)';
  }
  return side === 'output'
    ? 'nobody notices that the output is wrong'
    : 'the page may be wrong here and nobody notices';
}

function describe(mutant: Mutant, { block }: RecordedRun, chapter: Survivor['chapter']): Survivor {
  const { mutation, line, detail, hint } = mutant;
  return { chapter, block: block.id, line, mutation, ...(detail === undefined ? {} : { detail }), hint };
}

function isSame(one: Captures, other: Captures): boolean {
  return (
    Object.keys(one).length === Object.keys(other).length &&
    Object.entries(one).every(([name, value]) => other[name] === value)
  );
}
