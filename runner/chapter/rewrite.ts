/**
 * Puts other texts into a chapter's expectations: the inverse of parsing. Every byte outside the lines that change stays,
 * and what comes out is parsed again: a text that does not arrive as it was meant is refused.
 */
import { createLineMap, type LineMap } from '../text/position.ts';
import type { Block, ExpectBlock } from './chapter.ts';
import { parseChapter } from './parse.ts';
import { type Edit, lengthenFence, replaceLines } from './rewrite-fence.ts';

/** A new text for an expectation of the chapter, without a final newline. */
export interface Change {
  readonly block: ExpectBlock;
  readonly text: string;
}

export interface Rewritten {
  readonly source: string;
  /** Changes that no fence of theirs can hold. */
  readonly refused: readonly Change[];
}

/** The chapter's source with these changes, none of which is made by halves. */
export function rewriteChapter(file: string, source: string, wanted: readonly Change[]): Rewritten {
  const changes = wanted.filter(({ block, text }) => text !== block.expectation.text);
  if (changes.length === 0) return { source, refused: [] };
  const whole = applyChanges(source, changes);
  if (isAsMeant(file, source, whole, changes)) return { source: whole, refused: [] };
  const kept: Change[] = [];
  for (const change of changes) {
    const tried = [...kept, change];
    if (isAsMeant(file, source, applyChanges(source, tried), tried)) kept.push(change);
  }
  return {
    source: applyChanges(source, kept),
    refused: changes.filter((change) => !kept.includes(change)),
  };
}

function applyChanges(source: string, changes: readonly Change[]): string {
  const lines = createLineMap(source);
  const edits = changes.flatMap(({ block, text }) => editsOf(lines, block, text));
  let result = source;
  for (const { start, end, text } of edits.toSorted((a, b) => b.start - a.start || b.end - a.end)) {
    result = result.slice(0, start) + text + result.slice(end);
  }
  return result;
}

function editsOf(lines: LineMap, block: ExpectBlock, text: string): readonly Edit[] {
  const wanted = text === '' ? [] : text.split('\n');
  return [...replaceLines(lines, block, wanted), ...lengthenFence(lines, block, wanted)];
}

/** Whether the chapter is the same but for the new texts. */
function isAsMeant(file: string, before: string, after: string, changes: readonly Change[]): boolean {
  const wanted = new Map(changes.map(({ block, text }) => [block.id as string, text]));
  const expected = describe(parseChapter(file, before).chapter.blocks, wanted);
  const parsed = parseChapter(file, after);
  return (
    !parsed.problems.some(({ severity }) => severity === 'error') &&
    describe(parsed.chapter.blocks, new Map()) === expected
  );
}

function describe(blocks: readonly Block[], texts: ReadonlyMap<string, string>): string {
  return JSON.stringify(
    blocks.map((block) => [
      block.kind,
      block.id,
      block.body,
      block.kind === 'run'
        ? block.expectations.map(({ id, exit, stream, expectation }) => [
            id,
            exit,
            stream,
            expectation.match,
            texts.get(id) ?? expectation.text,
          ])
        : [],
    ]),
  );
}
