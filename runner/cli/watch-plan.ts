/**
 * What is left of a chain after an edit: where it first differs from what was run last, and a chain that starts there. Pure;
 * the steps that save and restore a shell's state are steps like others, with ids that no chapter can have.
 */
import type { BlockId, SetupBlock } from '../chapter/chapter.ts';
import type { Captures } from '../expectation/expectation.ts';
import type { Chain, PlannedChapter, Step } from '../plan/plan.ts';
import { saveScript } from './shell-state.ts';

/** Moves when something above a block changes, and says nothing of what it does. */
const PLACES = new Set(['span', 'bodySpan', 'bodyLines', 'headings', 'needSpans']);

const PREFIX = ' watch ';

/** Where the files of a saved state lie in a chain's temporary folder. */
export const BASE_FILE = '.mtx-watch-base';
export const STATE_FILE = '.mtx-watch-state';
/** The script that brings it back. */
export const RESTORE_FILE = '.mtx-watch-restore';

/** The index of the first step of the last chapter that differs, `all` where more than its steps differ; undefined if nothing does. */
export function findFirstChange(before: Chain, after: Chain): number | 'all' | undefined {
  const [old, fresh] = [before.chapters.at(-1), after.chapters.at(-1)];
  if (old === undefined || fresh === undefined) return 'all';
  const needed = ({ chapters }: Chain): string =>
    describe([chapters.slice(0, -1).map(({ chapter, steps }) => [chapter.id, chapter.meta, steps])]);
  if (needed(before) !== needed(after) || describe(old.chapter.meta) !== describe(fresh.chapter.meta))
    return 'all';
  const steps = old.steps.map(describe);
  const index = fresh.steps.findIndex((step, at) => describe(step) !== steps[at]);
  if (index !== -1) return index;
  return fresh.steps.length === steps.length ? undefined : fresh.steps.length;
}

function describe(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => (PLACES.has(key) ? undefined : inner));
}

/** Where a run goes on, and what was captured by then. */
export interface Resume {
  readonly index: number;
  readonly captures: Captures;
}

/** The chain with steps that save the shell's state before each block of its last chapter, or what is left of it. */
export function addSaving(chain: Chain, resume?: Resume): Chain {
  const last = chain.chapters.at(-1);
  if (last === undefined) return chain;
  const from = resume?.index ?? 0;
  const steps = last.steps.flatMap((step, index): readonly Step[] => {
    const isKept = resume !== undefined && index === from;
    if (index < from) return step.block.kind === 'cleanup' ? [step] : [];
    const afterBackground = last.steps.slice(0, index).some(({ block }) => block.kind === 'background');
    const saves =
      !isKept && !afterBackground && step.skip === undefined && ['run', 'setup'].includes(step.block.kind);
    return saves ? [ownStep(`${index}`, saveScript(`$TMPDIR/${STATE_FILE}`)), step] : [step];
  });
  const chapter: PlannedChapter = {
    ...last,
    steps: [
      ownStep('base', saveScript(`$TMPDIR/${BASE_FILE}`)),
      ...(resume === undefined ? [] : [ownStep('restore', `builtin source "$TMPDIR/${RESTORE_FILE}"\n`)]),
      ...steps,
    ],
    ...(resume === undefined ? {} : { captures: resume.captures }),
  };
  const needed = resume === undefined ? chain.chapters.slice(0, -1) : [];
  // A world is asked for in any case: that is where the folders become known.
  return { ...chain, needsWorld: true, chapters: [...needed, chapter] };
}

function ownStep(name: string, body: string): Step {
  const top = { line: 1, column: 1, offset: 0 };
  const block: SetupBlock = {
    kind: 'setup',
    id: (PREFIX + name) as BlockId,
    span: { start: top, end: top },
    bodySpan: { start: top, end: top },
    language: 'bash',
    body,
    bodyLines: body.split('\n').map(() => 1),
    headings: [],
    timeoutMs: 10_000,
  };
  return { block, timeoutMs: block.timeoutMs };
}

/** What a step of ours is for: `base`, `restore` or the index of the step that follows; undefined for a chapter's own. */
export function ownName(block: string): string | undefined {
  return block.startsWith(PREFIX) ? block.slice(PREFIX.length) : undefined;
}
